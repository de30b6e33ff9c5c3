"""By which calendar each of the firm's people works."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import User
from contracts.models import BusinessCalendar
from tickets.models import WorkingHours


class WorkingHoursForm(forms.Form):
    """One choice for each person; empty is the firm's own calendar."""

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401  (what a request holds)
        """Ask about everybody who still works here."""
        super().__init__(data)
        self.people = list(User.objects.staff())
        own = dict(WorkingHours.objects.values_list("person_id", "calendar_id"))
        calendars = list(BusinessCalendar.objects.values_list("pk", "name"))
        choices = [("", gettext_lazy("as the firm")), *calendars]
        for person in self.people:
            self.fields[f"of_{person.pk}"] = forms.TypedChoiceField(
                label=str(person),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=own.get(person.pk, ""),
            )

    def save(self) -> None:
        """Write down who works by which calendar."""
        for person in self.people:
            chosen = self.cleaned_data[f"of_{person.pk}"]
            if chosen is None:
                WorkingHours.objects.filter(person=person).delete()
            else:
                WorkingHours.objects.update_or_create(
                    person=person, defaults={"calendar_id": chosen}
                )
