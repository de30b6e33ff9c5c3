"""What can be typed about business hours, surcharges and service levels."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.choices import country_name
from clients.forms.identity import time_zone_field
from contracts.models import (
    BusinessCalendar,
    CalendarDay,
    SLAPolicy,
    SLAPriority,
    Surcharge,
    SurchargeTime,
    Weekday,
)
from core.holiday_calendar import countries

SPANS = (1, 2)
# A year of the clock.
MOST_MINUTES = 366 * 24 * 60


class CalendarForm(forms.ModelForm[BusinessCalendar]):
    """A calendar's name and zone, its holidays, and two spans of open hours for each weekday."""

    time_zone = time_zone_field()

    class Meta:
        model = BusinessCalendar
        fields = ["name", "time_zone", "country", "region", "is_default"]
        help_texts = {
            "country": _("public holidays are closed: in France 14 July; empty: none"),
            "region": _("where a region has more of them: Alsace has 26 December"),
            "is_default": _("counts where a contract or policy names no other"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        known = countries()
        named = sorted((country_name(code), code) for code in known)
        self.fields["country"] = forms.ChoiceField(
            label=_("Holidays of country"),
            choices=[("", _("none")), *((code, name) for name, code in named)],
            required=False,
            help_text=self.fields["country"].help_text,
        )
        windows = list(self.instance.windows.all()) if self.instance.pk else []
        for day in Weekday:
            own = [one for one in windows if one.weekday == day]
            for span in SPANS:
                window = own[span - 1] if len(own) >= span else None
                self._add(day, span, "opens", window.opens_at if window else None)
                self._add(day, span, "closes", window.closes_at if window else None)

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out which calendar is the firm's own: naming this one ends the other."""
        return {*super()._get_validation_exclusions(), "is_default"}  # type: ignore[misc]  # the stubs lack it

    @property
    def week(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each weekday with the fields of its spans."""
        return [
            (
                str(day.label),
                [(self[f"opens_{day}_{span}"], self[f"closes_{day}_{span}"]) for span in SPANS],
            )
            for day in Weekday
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse half a span, two that touch each other, and regions that do not exist."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for day in Weekday:
            self._clean_day(day, cleaned)
        region = cleaned.get("region")
        if region and region not in countries().get(cleaned.get("country", ""), []):
            self.add_error("region", _("This country has no such region."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what the calendar says beside its week."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def spans(self) -> list[tuple[int, time, time]]:
        """Return the open hours of the week."""
        given = self.cleaned_data
        return [
            (int(day), given[f"opens_{day}_{span}"], given[f"closes_{day}_{span}"])
            for day in Weekday
            for span in SPANS
            if given.get(f"opens_{day}_{span}") is not None
        ]

    def _add(self, day: Weekday, span: int, what: str, value: time | None) -> None:
        label = _("opens") if what == "opens" else _("closes")
        self.fields[f"{what}_{day}_{span}"] = forms.TimeField(
            label=label, required=False, initial=value
        )

    def _clean_day(self, day: Weekday, cleaned: dict[str, Any]) -> None:
        before: time | None = None
        for span in SPANS:
            opens, closes = cleaned.get(f"opens_{day}_{span}"), cleaned.get(f"closes_{day}_{span}")
            if (opens is None) != (closes is None):
                missing = "opens" if opens is None else "closes"
                self.add_error(f"{missing}_{day}_{span}", _("Name both times, or none."))
            elif opens is not None and before is not None and opens < before:
                self.add_error(f"opens_{day}_{span}", _("The hours before run longer."))
            before = closes or before


class CalendarDayForm(forms.ModelForm[CalendarDay]):
    """A day unlike others: closed, or with hours of its own."""

    class Meta:
        model = CalendarDay
        fields = ["day", "name", "is_holiday", "opens_at", "closes_at"]
        help_texts = {
            "is_holiday": _("surcharges for holidays count on it"),
            "opens_at": _("24 December 08:30 – 12:00; empty: closed all day"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse half a span of hours."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if (opens is None) != (closes is None):
            missing = "opens_at" if opens is None else "closes_at"
            self.add_error(missing, _("Name both times, or none."))
        day = cleaned.get("day")
        if day and self.instance.calendar.days.filter(day=day, opens_at=opens).exists():
            self.add_error("day", _("The calendar already says this about the day."))
        return cleaned


class SurchargeForm(forms.ModelForm[Surcharge]):
    """What hours at unusual times cost."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("none: on every day"),
    )

    class Meta:
        model = Surcharge
        fields = [
            "name", "multiplier", "applies", "weekdays", "from_at", "until_at", "calendar",
            "starts_on", "last_day_on",
        ]  # fmt: skip
        help_texts = {
            "multiplier": _("1.5 makes 96.00 an hour into 144.00; of several the highest counts"),
            "until_at": _("18:00 – 08:00 runs past midnight"),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for times where there must be some, and for days in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("applies") == SurchargeTime.WINDOW:
            for name in ("from_at", "until_at"):
                if cleaned.get(name) is None and not self.has_error(name):
                    self.add_error(name, _("Name the times between which it counts."))
        first, last = cleaned.get("starts_on"), cleaned.get("last_day_on")
        if first and last and last < first:
            self.add_error("last_day_on", _("The last day comes before the first."))
        return cleaned


class PolicyForm(forms.ModelForm[SLAPolicy]):
    """A service level with its times for each priority."""

    class Meta:
        model = SLAPolicy
        fields = [
            "name", "calendar", "zone_of", "is_active", "pauses_response", "warning_percentages",
            "lead_percent", "warns_at_any_hour",
        ]  # fmt: skip
        help_texts = {
            "zone_of": _("a shop in Lisbon may be promised 9 to 17 by its own clock"),
            "is_active": _("what is not in use stays in its contracts"),
            "pauses_response": _("usually it runs on until somebody has answered"),
            "warning_percentages": _("50, 75, 100: who works on the ticket is told; empty: nobody"),
            "lead_percent": _("also told at once where nobody works on the ticket"),
            "warns_at_any_hour": _("at night too; otherwise in the firm's own business hours"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        known = {}
        if self.instance.pk:
            known = {target.priority: target for target in self.instance.targets.all()}
        for priority in SLAPriority:
            target = known.get(priority)
            self._add(priority, "response", target.response_minutes if target else None)
            self._add(priority, "resolution", target.resolution_minutes if target else None)

    @property
    def target_rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each priority with its two times."""
        return [
            (str(one.label), self[f"response_{one}"], self[f"resolution_{one}"])
            for one in SLAPriority
        ]

    def clean_warning_percentages(self) -> list[int]:
        """Put the shares in order, each once."""
        return sorted(set(self.cleaned_data["warning_percentages"] or []))

    def facts(self) -> dict[str, Any]:
        """Return what the policy says beside its times."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def targets(self) -> dict[str, tuple[int | None, int | None]]:
        """Return the promised minutes by priority."""
        given = self.cleaned_data
        return {
            str(one): (given[f"response_{one}"], given[f"resolution_{one}"]) for one in SLAPriority
        }

    def _add(self, priority: SLAPriority, what: str, value: int | None) -> None:
        label = _("First answer, minutes") if what == "response" else _("Solved, minutes")
        self.fields[f"{what}_{priority}"] = forms.IntegerField(
            label=label, min_value=1, max_value=MOST_MINUTES, required=False, initial=value
        )
