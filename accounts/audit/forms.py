"""What of the trail a reader asks for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit.tracked import Tracked
from accounts.audit.trail import TrailFilter
from accounts.models import User


class TrailForm(forms.Form):
    """By whom, of which kind, between which days."""

    person = forms.ModelChoiceField(
        User.objects.all(), label=_("Person"), required=False, empty_label=_("Everybody")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("days", "From"), required=False, widget=forms.DateInput
    )
    until = forms.DateField(
        label=pgettext_lazy("days", "Through"), required=False, widget=forms.DateInput
    )

    def __init__(self, *args: Any, readable: Sequence[Tracked], **kwargs: Any) -> None:  # noqa: ANN401  (as Django passes them)
        super().__init__(*args, **kwargs)
        self._readable = readable
        kinds = sorted(((one.kind, one.label.capitalize()) for one in readable), key=_by_label)
        kind = self.fields["kind"]
        kind.choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> TrailFilter:
        """Return the filter; what cannot be understood filters nothing."""
        self.is_valid()
        values = self.cleaned_data
        kind = values.get("kind")
        person = values.get("person")
        until = values.get("until")
        return TrailFilter(
            tracked=[one for one in self._readable if not kind or one.kind == kind],
            person_id=person.pk if person else None,
            since=_midnight(values.get("since")),
            until=_midnight(until + timedelta(days=1)) if until else None,
        )


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
