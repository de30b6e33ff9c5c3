"""What can be typed about a contract as a whole, and what is wrong with it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from clients.forms.chooser import ClientChoiceField, ClientChooser
from clients.models import Client
from contracts.forms.coverage import CoverageField
from contracts.forms.line import DAY_ORDER, LineForm
from contracts.models import Contract
from contracts.operations._line_terms import NewLine

MAX_LINES = 30


class ContractForm(forms.ModelForm[Contract]):
    """Who is promised what, from when on."""

    class Meta:
        model = Contract
        fields = ["client", "number", "name", "starts_on", "last_day_on", "notes"]
        field_classes = {"client": ClientChoiceField}
        widgets = {"client": ClientChooser, "notes": forms.Textarea(attrs={"rows": 3})}

    def clean_number(self) -> str:
        """Refuse the number of another contract, in whatever letters."""
        number = str(self.cleaned_data["number"]).strip()
        others = Contract.objects.exclude(pk=self.instance.pk)
        if others.filter(number__iexact=number).exists():
            raise ValidationError(_("Another contract has this number."))
        return number

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order beside the day, not above the form."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("last_day_on")
        if first and last and last < first:
            self.add_error("last_day_on", DAY_ORDER)
        return cleaned


class NewContractForm(ContractForm):
    """A contract as it is first written down, with what it includes."""

    coverage = CoverageField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Client.objects.current()


class ContractFactsForm(forms.ModelForm[Contract]):
    """What a contract says beside its lines, its coverage and its hours."""

    class Meta:
        model = Contract
        fields = [
            "name", "notes", "sla_policy", "other_work", "site", "cost_centre", "purchase_order",
            "calendar", "minimum_minutes", "step_minutes", "grace_minutes", "rounding_scope",
            "rounding_order",
        ]  # fmt: skip
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "other_work": _("billed: 1 h of cabling not named costs the client's rate"),
            "site": _("where invoices are made by site"),
            "cost_centre": _("where invoices are made by cost centre"),
            "purchase_order": _("its number is printed on what this contract bills"),
            "grace_minutes": _(
                "step 15, grace 5: 19 minutes are billed as 15, 21 minutes as 30; empty: as the "
                "rate card says"
            ),
            "rounding_scope": _(
                "two entries of 10 minutes, step 15: each entry 15 + 15, together 20, so 30"
            ),
            "rounding_order": _(
                "20 minutes, minimum 30, step 20: minimum first 40 minutes, steps first 30"
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        client = self.instance.client
        for name, rows in (
            ("site", client.sites.all()),
            ("purchase_order", client.purchase_orders.filter(is_closed=False)),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows


class LineFormSet(BaseFormSet[LineForm]):
    """The first lines of a contract; those left untouched do not count."""

    def lines(self) -> list[NewLine]:
        """Return the lines that were filled in."""
        return [form.line() for form in self.forms if form.has_changed()]


LINES = cast(
    "type[LineFormSet]",
    formset_factory(LineForm, formset=LineFormSet, extra=1, max_num=MAX_LINES),
)
