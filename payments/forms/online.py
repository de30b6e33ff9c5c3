"""Forms about payment online."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.models import StripeAccount
from payments.operations.set_stripe_account import StripeSettings
from payments.operations.settle_event import Decision
from payments.stripe_api import StripeRefused, account_behind

KEYS = ("sk_live_", "sk_test_", "rk_live_", "rk_test_")
SECRET = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class StripeAccountForm(forms.Form):
    """The keys, which are never shown again, and whether clients may pay online."""

    key = forms.CharField(
        label=_("Secret key"),
        required=False,
        max_length=255,
        widget=SECRET,
        help_text=_("from Developers, API keys at Stripe; begins with sk_ or rk_"),
    )
    webhook_secret = forms.CharField(
        label=_("Signing secret of the webhook"),
        required=False,
        max_length=255,
        widget=SECRET,
        help_text=_("from the webhook's page at Stripe; begins with whsec_"),
    )
    is_on = forms.BooleanField(label=_("Clients may pay online"), required=False)
    forgets_keys = forms.BooleanField(label=_("Forget the keys"), required=False)

    def __init__(self, *args: Any, account: StripeAccount | None, **kwargs: Any) -> None:  # noqa: ANN401  (handed on)
        super().__init__(*args, **kwargs)
        self.account_name = ""
        kept = {
            "key": account is not None and bool(account.key_sealed),
            "webhook_secret": account is not None and account.listens,
        }
        for name, is_kept in kept.items():
            if is_kept:
                self.fields[name].widget.attrs["placeholder"] = _("kept; leave empty to keep it")
        if not any(kept.values()):
            del self.fields["forgets_keys"]

    def clean_key(self) -> str:
        """Ask Stripe whose key it is."""
        key = str(self.cleaned_data["key"]).strip()
        if not key:
            return ""
        if not key.startswith(KEYS):
            raise forms.ValidationError(_("A secret key begins with sk_ or rk_; this is another."))
        try:
            self.account_name = account_behind(key)
        except StripeRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return key

    def clean_webhook_secret(self) -> str:
        """Refuse what is no signing secret."""
        secret = str(self.cleaned_data["webhook_secret"]).strip()
        if secret and not secret.startswith("whsec_"):
            raise forms.ValidationError(_("A signing secret begins with whsec_; this is another."))
        return secret

    def asked(self) -> StripeSettings:
        """Return what is to be kept."""
        said = self.cleaned_data
        return StripeSettings(
            is_on=said["is_on"],
            key=said["key"],
            webhook_secret=said["webhook_secret"],
            account_name=self.account_name,
            forgets_keys=bool(said.get("forgets_keys")),
        )


class SettleForm(forms.Form):
    """Book it by a day, or say what was done about it."""

    booked_on = forms.DateField(
        label=_("Booked on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(label=_("What was done about it"), required=False, max_length=200)

    def decision(self, *, is_booked: bool) -> Decision:
        """Return what was decided."""
        day = self.cleaned_data["booked_on"] if is_booked else None
        return Decision(day, self.cleaned_data["note"])
