"""What was agreed to be taken off a client's recurring charges."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from billing.models import AgreedDiscount
from clients.forms.chooser import ClientChoiceField
from clients.models import Client
from contracts.models import Contract, ContractLine

_DAY = {"type": "date"}


class AgreedDiscountForm(forms.ModelForm[AgreedDiscount]):
    """Off which charges, how much, for which days, and why."""

    client = ClientChoiceField(queryset=Client.objects.none())

    class Meta:
        model = AgreedDiscount
        fields = [
            "client",
            "contract",
            "line",
            "percent",
            "amount_a_month",
            "reason",
            "starts_on",
            "last_day_on",
        ]
        widgets = {
            "starts_on": forms.DateInput(attrs=_DAY),
            "last_day_on": forms.DateInput(attrs=_DAY),
        }

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (handed on to Django)
        clients: "QuerySet[Client]",
        **kwargs: Any,  # noqa: ANN401  (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        contracts = Contract.objects.filter(client__in=clients).order_by("client__name", "number")
        lines = ContractLine.objects.filter(contract__in=contracts).exclude(rhythm_months=0)
        choices: dict[str, Any] = {
            "client": clients,
            "contract": contracts.select_related("client"),
            "line": lines.select_related("contract").order_by("contract__number", "pk"),
        }
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows
        named: Any = self.fields["line"]
        named.label_from_instance = _named

    def clean(self) -> dict[str, Any]:
        """Take the contract from the line, where only that is chosen."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("line") and not data.get("contract"):
            data["contract"] = data["line"].contract
        return data


def _named(line: ContractLine) -> str:
    return f"{line.contract.number} · {line.description}"
