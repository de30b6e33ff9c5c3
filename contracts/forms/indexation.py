"""What can be typed about price indexes and increases, and what is wrong with it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contracts.domain.index_rows import Problem, Row, parsed
from contracts.models import (
    ChangeEffect,
    Contract,
    IndexationClause,
    IndexationKind,
    IndexTable,
    IndexValue,
)
from core.money import EXPONENTS

MOST_BYTES = 1_000_000
PROBLEMS = {
    Problem.MONTH: _("Line %(n)s, “%(text)s”: no month such as 2026-01 or 01/2026 at its start."),
    Problem.VALUE: _("Line %(n)s, “%(text)s”: no value above nothing with four places at most."),
    Problem.TWICE: _("Line %(n)s, “%(text)s”: the month stands there twice."),
}


class IndexTableForm(forms.ModelForm[IndexTable]):
    """What an index is called and who publishes it."""

    class Meta:
        model = IndexTable
        fields = ["name", "source"]


class IndexValuesForm(forms.Form):
    """Values of an index, pasted or in a file."""

    text = forms.CharField(
        label=_("Values"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "font-monospace"}),
        help_text=_("a month on each line: 2026-01;114.25. A month that is there is corrected."),
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the lines and say what is wrong with each."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = str(cleaned.get("text") or "")
        sent = cleaned.get("file")
        if sent is not None:
            text = f"{text}\n{self._content(sent)}" if text.strip() else self._content(sent)
        rows = parsed(text)
        if not rows and not self.errors:
            raise ValidationError(_("Paste some values, or choose a file."))
        wrong = [_told(row) for row in rows if row.problem]
        if wrong:
            raise ValidationError(wrong)
        cleaned["values"] = {row.month_on: row.value for row in rows}
        return cleaned

    def _content(self, sent: Any) -> str:  # noqa: ANN401  (an uploaded file)
        if sent.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 1 MB."))
        content: bytes = sent.read()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")


class ClauseForm(forms.ModelForm[IndexationClause]):
    """How and when the prices of a contract rise."""

    class Meta:
        model = IndexationClause
        fields = [
            "kind", "percent", "is_compound", "table", "base_month_on", "base_value", "lag_months",
            "cap_percent", "floor_percent", "decimals", "first_on", "every_months", "last_day_on",
        ]  # fmt: skip
        help_texts = {
            "percent": _("5: 100.00 becomes 105.00"),
            "base_month_on": _("any day of the month; its value is taken where none is typed"),
            "base_value": _("price = price before the first step × new value / base value"),
            "lag_months": _("3: a step on 1 January takes the value of October"),
            "cap_percent": _("4: no step raises the price of before by more than 4%"),
            "floor_percent": _("0: a falling index does not lower the price"),
            "last_day_on": _("empty: as long as the contract"),
        }

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.instance.contract = contract
        self.fields["decimals"].initial = EXPONENTS.get(contract.client.currency, 2)

    def clean_base_month_on(self) -> date | None:
        """Name a month by its first day."""
        day: date | None = self.cleaned_data["base_month_on"]
        return None if day is None else day.replace(day=1)

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind needs and drop what the other would."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == IndexationKind.PERCENT:
            cleaned.update(table=None, base_month_on=None, base_value=None, lag_months=0)
            self._require("percent", _("Say by how many percent prices rise."))
        elif cleaned.get("kind") == IndexationKind.INDEX:
            cleaned.update(percent=None, is_compound=True)
            self._require("table", _("Choose an index."))
            self._find_base(cleaned)
        return cleaned

    def _require(self, name: str, message: Any, code: str = "required") -> None:  # noqa: ANN401  (a lazy text)
        if self.cleaned_data.get(name) is None and not self.has_error(name):
            self.add_error(name, ValidationError(message, code=code))

    def _find_base(self, cleaned: dict[str, Any]) -> None:
        """Take the value of the base month from the index where none was typed."""
        table, month = cleaned.get("table"), cleaned.get("base_month_on")
        if cleaned.get("base_value") is None and table is not None and month is not None:
            known = IndexValue.objects.filter(table=table, month_on=month)
            cleaned["base_value"] = known.values_list("value", flat=True).first()
        untold = _("Type the base value: the index has none for the base month.")
        self._require("base_value", untold, "unknown" if table and month else "required")


class NewBaseForm(forms.Form):
    """The base from which the steps of one line start anew."""

    starts_on = forms.DateField(
        label=_("Price of"), help_text=_("the price in force that day is the new base")
    )
    month_on = forms.DateField(
        label=_("Base month"),
        required=False,
        help_text=_("any day of the month; its value is taken where none is typed"),
    )
    value = forms.DecimalField(
        label=_("Base value"), required=False, min_value=Decimal("0.0001"), decimal_places=4
    )

    def clean_month_on(self) -> date | None:
        """Name a month by its first day."""
        day: date | None = self.cleaned_data["month_on"]
        return None if day is None else day.replace(day=1)


class UntilForm(forms.Form):
    """Through which day steps are listed."""

    until = forms.DateField(label=_("Due through"), required=False)


class DecideForm(forms.Form):
    """Which steps are decided, and how."""

    APPLY, LEAVE_OUT = "apply", "leave_out"

    act = forms.ChoiceField(choices=[(APPLY, APPLY), (LEAVE_OUT, LEAVE_OUT)])
    effect = forms.ChoiceField(
        choices=ChangeEffect.choices, required=False, initial=ChangeEffect.IMMEDIATE
    )
    until = forms.DateField(required=False)
    contract = forms.IntegerField(required=False)


def steps_named(keys: list[str]) -> list[tuple[date, int]]:
    """Return day and clause of the steps that a form names, by day; what is none is passed."""
    found = []
    for key in keys:
        clause, _colon, day = key.partition(":")
        try:
            found.append((date.fromisoformat(day), int(clause)))
        except ValueError:
            continue
    return sorted(found)


def _told(row: Row) -> str:
    return str(PROBLEMS[row.problem]) % {"n": row.number, "text": row.text[:60]}
