"""What can be typed about hours that a contract includes, and how much work counts."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from catalog.models import WorkRole, WorkType
from contracts.forms.line_fields import Text, amount, choice, day
from contracts.models import Allowance, BillingAnchor, Rollover
from contracts.operations._hours import NewAllowance
from contracts.operations.set_draw_weights import Weight

CLOCK = re.compile(r"(\d{1,6})\s*(?::|h)\s*([0-5]?\d)?\s*(?:min|m)?\s*")
FIGURE = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?)\s*h?")
MOST_HOURS = 10_000
# Months are counted on from it.
LATEST = date(9000, 1, 1)
EXTRA_WEIGHTS = 2


def minutes_of(typed: str) -> int:
    """Return the minutes that somebody means by 10, 7.5, 7,5, 7:30 or 7 h 30.

    :raises ValidationError: it is none of them
    """
    text = typed.strip().lower()
    clock, decimal = CLOCK.fullmatch(text), FIGURE.fullmatch(text)
    minutes = -1
    if clock:
        minutes = int(clock[1]) * 60 + int(clock[2] or 0)
    elif decimal:
        hours = Decimal(decimal[1].replace(",", "."))
        minutes = int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))
    if not 0 <= minutes <= MOST_HOURS * 60:
        raise ValidationError(_("Give hours as 10, 7.5 or 7:30."))
    return minutes


def typed_hours(minutes: Decimal | int | None) -> str:
    """Return minutes as one would type them: 10, 7:30."""
    if minutes is None:
        return ""
    hours, rest = divmod(int(minutes), 60)
    return f"{hours}:{rest:02d}" if rest else str(hours)


class HoursField(forms.CharField):
    """Hours as people type them; the value is in minutes, None where nothing is typed."""

    def __init__(self, label: Text, help_text: Text = "", *, required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=required, max_length=12)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """Return the minutes."""
        typed = super().clean(value)
        return minutes_of(typed) if typed else None


def types_of_work(help_text: Text) -> forms.ModelMultipleChoiceField[WorkType]:
    """Return a field for the types of work that hours are for."""
    return forms.ModelMultipleChoiceField(
        label=_("For"),
        queryset=WorkType.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class AllowanceForm(forms.Form):
    """Hours a month: how many, for what, and what becomes of those left over."""

    name = forms.CharField(label=_("Name"), max_length=120)
    minutes = HoursField(_("Hours a month"), _("10, 7.5 or 7:30"))
    starts_on = forms.DateField(label=_("From"), validators=[MaxValueValidator(LATEST)])
    last_day_on = day(_("Through"), _("empty: as long as the contract"))
    work_types = types_of_work(_("none: for all work that the contract includes"))
    overage_rate = amount(_("Rate beyond them"), _("an hour; empty: the client's rate"))
    rollover = choice(
        _("Hours left over"),
        Rollover.choices,
        Rollover.NONE.value,
        _("10 h a month, 6 h used in January: February has 4 h more, and uses those first"),
    )
    cap_minutes = HoursField(_("Carried at most"), _("hours; empty: no limit"), required=False)
    age_months = forms.IntegerField(
        label=_("Carried for months"),
        min_value=1,
        max_value=120,
        initial=1,
        required=False,
        help_text=_("1: what January leaves over is gone after February"),
    )
    anchor = choice(_("Months are"), BillingAnchor.choices, BillingAnchor.CALENDAR.value)
    prorates_stub = forms.BooleanField(
        label=_("A first part month has its share only"), required=False
    )
    low_balance_minutes = HoursField(
        _("Warn at"), _("hours left; empty: no warning"), required=False
    )

    def new_allowance(self) -> NewAllowance:
        """Return the hours as the operations take them."""
        given = dict(self.cleaned_data)
        types = given.pop("work_types")
        given["age_months"] = given["age_months"] or 1
        return NewAllowance(work_type_ids=[one.pk for one in types], **given)


def allowance_initial(allowance: Allowance) -> dict[str, Any]:
    """Return an allowance's terms as they stand in its form."""
    rate = allowance.overage_rate
    return {
        "name": allowance.name,
        "minutes": typed_hours(allowance.minutes),
        "last_day_on": allowance.last_day_on,
        "work_types": list(allowance.work_types.values_list("pk", flat=True)),
        "overage_rate": None if rate is None else f"{rate.normalize():f}",
        "rollover": allowance.rollover,
        "cap_minutes": typed_hours(allowance.cap_minutes),
        "age_months": allowance.age_months,
        "anchor": allowance.anchor,
        "prorates_stub": allowance.prorates_stub,
        "low_balance_minutes": typed_hours(allowance.low_balance_minutes),
    }


class AllowanceEndForm(forms.Form):
    """The last day of hours a month."""

    last_day_on = day(
        _("Last day"),
        _("inclusive; empty: as long as the contract. After it, included work is not counted."),
    )


class AllowanceFactsForm(forms.Form):
    """What may be changed about hours at any time: their name, and when to warn."""

    name = forms.CharField(label=_("Name"), max_length=120)
    low_balance_minutes = HoursField(
        _("Warn at"), _("hours left; empty: no warning"), required=False
    )

    def save(self, allowance: Allowance) -> None:
        """Write both down."""
        allowance.name = self.cleaned_data["name"]
        allowance.low_balance_minutes = self.cleaned_data["low_balance_minutes"]
        allowance.save(update_fields=["name", "low_balance_minutes"])


class WeightForm(forms.Form):
    """How much one kind of work counts; without type and role, all of it."""

    work_type = forms.ModelChoiceField(
        label=_("Work type"), queryset=WorkType.objects.filter(is_active=True), required=False
    )
    work_role = forms.ModelChoiceField(
        label=_("Work role"), queryset=WorkRole.objects.filter(is_active=True), required=False
    )
    factor = forms.DecimalField(
        label=_("Hours taken by one hour"),
        min_value=Decimal("0.01"),
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def weight(self) -> Weight | None:
        """Return the weight; None where the row is empty, so that it no longer counts."""
        factor = self.cleaned_data.get("factor")
        if factor is None:
            return None
        kind, role = self.cleaned_data["work_type"], self.cleaned_data["work_role"]
        return Weight(factor, kind.pk if kind else None, role.pk if role else None)


class WeightRows(forms.BaseFormSet[WeightForm]):
    """All weights of a contract."""

    def weights(self) -> list[Weight]:
        """Return those that were filled in."""
        found = (form.weight() for form in self.forms)
        return [weight for weight in found if weight is not None]


WEIGHTS = cast(
    "type[WeightRows]",
    forms.formset_factory(WeightForm, formset=WeightRows, extra=EXTRA_WEIGHTS, max_num=30),
)


class WeightsForm(forms.Form):
    """A contract's weights, row by row; a row without a figure no longer counts."""

    def __init__(self, posted: Any, initial: list[dict[str, Any]]) -> None:  # noqa: ANN401  (Django's data)
        super().__init__(posted)
        self.rows = WEIGHTS(posted, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Refuse the whole where a row cannot be read; the row says why."""
        if not self.rows.is_valid():
            raise ValidationError(_("Some figures cannot be used."))
        return self.cleaned_data


def first_of_next_month(today: date) -> date:
    """Return the day on which a change most often begins."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
