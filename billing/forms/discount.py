"""Taking something off a draft: off which line or off all, how much, and why."""

from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, Discount
from billing.operations.grant_discount import Concession
from core.display import money_text

LONGEST_REASON = Discount._meta.get_field("reason").max_length


class Size(TextChoices):
    """How a discount is given."""

    PERCENT = "percent", _("percent")
    AMOUNT = "amount", _("amount without tax")


class DiscountForm(forms.Form):
    """A share or an amount, off one line or off the whole document."""

    line = forms.TypedChoiceField(
        label=_("Off"), choices=[], required=False, coerce=int, empty_value=None
    )
    size = forms.DecimalField(label=_("How much"), max_digits=14, decimal_places=2)
    unit = forms.ChoiceField(label=_("in"), choices=Size.choices, initial=Size.PERCENT)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("as the client reads it on the invoice"),
    )

    def __init__(self, *args: Any, lines: list[Charge], currency: str, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["line"])
        field.choices = [
            ("", _("the whole document")),
            *((str(one.pk), _named(one, currency)) for one in lines if one.amount > 0),
        ]

    def concession(self) -> Concession:
        """Return what is taken off."""
        values = self.cleaned_data
        return Concession(values["reason"], **{values["unit"]: values["size"]})

    def refuse(self, field: str, sentence: str) -> None:
        """Say beside the field what is wrong with it."""
        places = {"percent": "size", "amount": "size", "line": "line", "reason": "reason"}
        self.add_error(places.get(field), sentence)


def _named(line: Charge, currency: str) -> str | Promise:
    return f"{line.position}. {line.description} · {money_text(line.amount, currency)}"
