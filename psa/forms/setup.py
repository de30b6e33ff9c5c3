"""What the set-up of an empty firm asks, step by step."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import TaxCode
from clients.forms.firm import FirmForm
from psa.known_taxes import KNOWN

USUAL_MINUTES = 15
MOST_WORK_TYPES = 6


class AdministratorForm(forms.Form):
    """The first person, who may then add all others."""

    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten signs or more."),
        strip=False,
    )
    again = forms.CharField(
        label=_("Password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, has_password: bool = False, **kwargs: Any) -> None:  # noqa: ANN401  (as Django passes them)
        super().__init__(*args, **kwargs)
        if has_password:
            self.fields["password"].help_text = _("Kept; type here only to choose another.")
            self.fields["password"].required = self.fields["again"].required = False

    def clean_email(self) -> str:
        """Refuse an address that somebody signs in with already."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody already signs in with this address."))
        return email

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password = str(self.cleaned_data["password"])
        if password:
            validate_password(password)
        return password

    def clean_again(self) -> str:
        """Refuse two passwords that differ."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password", ""):
            raise ValidationError(_("The two passwords are not the same."))
        return ""

    def password_hash(self) -> str:
        """Return what is kept of the password that was typed, if it can be used."""
        is_usable = not self.has_error("password") and not self.has_error("again")
        password = self.cleaned_data.get("password") if is_usable else ""
        return make_password(password) if password else ""


class SetUpFirmForm(FirmForm):
    """The firm's legal identity, as far as the first invoice needs it."""

    class Meta(FirmForm.Meta):
        fields = [
            "name", "legal_form", "share_capital", "registration_number", "register_town",
            "vat_number", "is_small_business", "street", "postcode", "city", "country",
            "currency", "time_zone", "email", "phone", "iban", "bic", "invoice_prefix",
        ]  # fmt: skip


class TaxesForm(forms.Form):
    """The country's rates of value-added tax."""

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:  # noqa: ANN401  (as Django passes them)
        super().__init__(*args, **kwargs)
        known = KNOWN[country].rates if country in KNOWN else {}
        for code in (TaxCode.STANDARD, TaxCode.INTERMEDIATE, TaxCode.REDUCED, TaxCode.SPECIAL):
            self.fields[code.value] = forms.DecimalField(
                label=_("%(rate)s, in %%") % {"rate": str(code.label).capitalize()},
                max_digits=5,
                decimal_places=2,
                min_value=0,
                max_value=100,
                required=code is TaxCode.STANDARD,
                initial=known.get(code),
            )

    def rates(self) -> dict[str, Decimal]:
        """Return the rates that were entered, and the one that is always zero."""
        entered = {code: rate for code, rate in self.cleaned_data.items() if rate is not None}
        return {**entered, TaxCode.ZERO.value: Decimal(0)}


@dataclass(frozen=True)
class WorkPrice:
    """A kind of work, what an hour of it costs and how its minutes are rounded."""

    name: str
    hourly_rate: Decimal
    minimum_minutes: int
    step_minutes: int


class WorkPriceForm(forms.Form):
    """One kind of work with its hourly rate."""

    name = forms.CharField(label=_("Kind of work"), max_length=120, required=False)
    hourly_rate = forms.DecimalField(
        label=_("Hourly rate"), max_digits=10, decimal_places=4, min_value=0, required=False
    )
    minimum_minutes = forms.IntegerField(
        label=_("At least, in minutes"), min_value=0, max_value=480, required=False
    )
    step_minutes = forms.IntegerField(
        label=_("Rounded up to, in minutes"), min_value=1, max_value=240, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the rate of what has a name, and the name of what has a rate."""
        values = super().clean() or self.cleaned_data
        has_rate = values.get("hourly_rate") is not None
        if values.get("name") and not has_rate and not self.has_error("hourly_rate"):
            self.add_error("hourly_rate", _("Enter a rate, or clear the name."))
        if has_rate and not values.get("name"):
            self.add_error("name", _("What kind of work costs this?"))
        return values

    def price(self) -> WorkPrice | None:
        """Return what was entered; None for an empty row."""
        values = self.cleaned_data
        if not values.get("name"):
            return None
        return WorkPrice(
            values["name"],
            values["hourly_rate"],
            values.get("minimum_minutes") or 0,
            values.get("step_minutes") or 1,
        )


class WorkPrices(forms.BaseFormSet[WorkPriceForm]):
    """All kinds of work the firm starts with."""

    def clean(self) -> None:
        """Ask for one at least, and for each only once."""
        names = [price.name.casefold() for price in self.prices()]
        if not names and not any(self.errors):
            raise ValidationError(_("Enter one kind of work at least."))
        if len(set(names)) < len(names):
            raise ValidationError(_("Two kinds of work have the same name."))

    def prices(self) -> list[WorkPrice]:
        """Return the rows that were filled in."""
        valid = (form for form in self.forms if form.is_valid())
        return [price for price in (form.price() for form in valid) if price]


WORK_PRICES = forms.formset_factory(
    WorkPriceForm, formset=WorkPrices, extra=MOST_WORK_TYPES, max_num=MOST_WORK_TYPES
)


def usual_work() -> list[dict[str, object]]:
    """Return the kinds of work most firms have, named in the language of the page."""
    names = (
        _("Remote support"),
        _("On-site work"),
        _("Travel"),
        _("Evenings and weekends"),
    )
    minutes = {"minimum_minutes": USUAL_MINUTES, "step_minutes": USUAL_MINUTES}
    return [{"name": str(name), **minutes} for name in names]
