"""What is asked about people."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User, UserKind
from accounts.operations.change_person import PersonFacts
from accounts.roles import STAFF_ROLES

if TYPE_CHECKING:
    UserModelForm = forms.ModelForm[User]
else:
    UserModelForm = forms.ModelForm

LIFETIMES = {30: _("30 days"), 90: _("90 days"), 365: _("one year"), 0: _("until revoked")}


def _role_choices() -> list[tuple[str, str]]:
    return [(name, f"{label} – {purpose}") for name, (label, purpose) in STAFF_ROLES.items()]


class PersonForm(UserModelForm):
    """A person, and the roles of those who work for the firm."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=_role_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What several roles allow adds up."),
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as Django passes them)
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = True
        self.fields["email"].help_text = _("They sign in with it.")
        if self.instance.pk:
            self.initial["roles"] = [group.name for group in self.instance.groups.all()]
        if self.instance.kind == UserKind.PORTAL:
            del self.fields["roles"]

    def clean_email(self) -> str:
        """Refuse an address that somebody else signs in with, in whatever case."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody already signs in with this address."))
        return email

    def facts(self) -> PersonFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return PersonFacts(
            values["email"], values["first_name"], values["last_name"], values["language"]
        )

    def roles_given(self) -> list[str] | None:
        """Return the roles that were ticked; None for a client's people, who have none here."""
        return self.cleaned_data.get("roles")


class ProfileForm(UserModelForm):
    """What people say about themselves."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language", "theme"]


class TokenForm(forms.Form):
    """A token's name and how long it works."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("The program that will use it, so that you know it again."),
    )
    days = forms.TypedChoiceField(
        label=pgettext_lazy("API token", "Works for"),
        choices=list(LIFETIMES.items()),
        coerce=int,
        initial=365,
    )

    def lifetime(self) -> timedelta | None:
        """Return how long the token works; None for until it is revoked."""
        days = self.cleaned_data["days"]
        return timedelta(days=days) if days else None
