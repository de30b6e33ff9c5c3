"""Bank accounts, files of their statements, and what a line of one is."""

from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.domain.csv_statement import CsvMapping
from billing.models import BankAccount

DELIMITERS = [(";", ";"), (",", ","), ("\t", _("tab")), ("|", "|")]
DECIMALS = [(",", _("comma: 1 234,56")), (".", _("point: 1,234.56"))]
DAYS = [
    ("%d/%m/%Y", "31/12/2026"),
    ("%d.%m.%Y", "31.12.2026"),
    ("%Y-%m-%d", "2026-12-31"),
    ("%m/%d/%Y", "12/31/2026"),
    ("%d/%m/%y", "31/12/26"),
    ("%Y%m%d", "20261231"),
]


class BankAccountForm(forms.ModelForm[BankAccount]):
    """An account of the firm, and how its CSV reads."""

    delimiter = forms.ChoiceField(label=_("Between columns"), choices=DELIMITERS, initial=";")
    decimal = forms.ChoiceField(label=_("Before the cents"), choices=DECIMALS, initial=",")
    day_format = forms.ChoiceField(label=_("Days are written"), choices=DAYS)
    day = forms.CharField(label=_("Column of the day"), max_length=80, required=False)
    amount = forms.CharField(
        label=_("Column of the amount"),
        max_length=80,
        required=False,
        help_text=_("with a sign; or leave it empty and name the two below"),
    )
    credit = forms.CharField(label=_("Column of money in"), max_length=80, required=False)
    debit = forms.CharField(label=_("Column of money out"), max_length=80, required=False)
    text = forms.CharField(label=_("Column of the text"), max_length=80, required=False)
    payer = forms.CharField(label=_("Column of the payer's name"), max_length=80, required=False)
    payer_iban = forms.CharField(
        label=_("Column of the payer's account"), max_length=80, required=False
    )
    reference = forms.CharField(
        label=_("Column of the bank's reference"), max_length=80, required=False
    )
    columns = ("day", "amount", "credit", "debit", "text", "payer", "payer_iban", "reference")

    class Meta:
        model = BankAccount
        fields = ["name", "iban", "currency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        kept = dict(self.instance.csv_mapping)
        kept["payer"], kept["payer_iban"] = kept.pop("name", ""), kept.pop("iban", "")
        for name, value in kept.items():
            if value:
                self.initial[name] = value

    def clean_iban(self) -> str:
        """Keep the number without spaces."""
        return str(self.cleaned_data["iban"]).replace(" ", "").upper()

    def clean(self) -> dict[str, Any] | None:
        """Demand all columns that a CSV needs, where one is named."""
        data = super().clean() or self.cleaned_data
        if any(data.get(name) for name in self.columns):
            if not data.get("day"):
                self.add_error("day", _("Say in which column the day stands."))
            if bool(data.get("amount")) == bool(data.get("credit") and data.get("debit")):
                self.add_error(
                    "amount", _("Name one column with a sign, or one for in and one for out.")
                )
        self.instance.csv_mapping = self._mapping(data) if data.get("day") else {}
        return data

    def _mapping(self, data: dict[str, Any]) -> dict[str, str]:
        said = {**data, "name": data.get("payer"), "iban": data.get("payer_iban")}
        return {one.name: said.get(one.name) or "" for one in fields(CsvMapping)}


class StatementForm(forms.Form):
    """A file of a bank."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CAMT.053, OFX or CSV, at most 5 MB; the bank's web site offers one of them"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.ofx,.qfx,.csv,.txt"}),
    )


def agreed(token: str) -> tuple[int, dict[int, Decimal]] | None:
    """Return the client and the shares that a person agreed to, None for what is none."""
    client, *shares = token.split(";")
    try:
        pairs = [share.split("=", 1) for share in shares]
        found = {int(pk): Decimal(amount) for pk, amount in pairs}
        is_money = all(one == one.quantize(Decimal("0.01")) for one in found.values())
    except (ValueError, InvalidOperation):
        return None
    return (int(client), found) if is_money and client.isdecimal() else None
