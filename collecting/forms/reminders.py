"""Writing a reminder plan, and what is agreed with one client about what they owe."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from collecting.models import CollectingTerms, Level, ReminderPlan
from collecting.operations.save_plan import PlanTerms
from collecting.operations.take_promise import Promised
from collecting.reminder_mail import usual_words

DAY = forms.DateInput(attrs={"type": "date"})
USUAL_DAYS = {Level.FRIENDLY: 5, Level.FIRM: 15, Level.FORMAL: 30}
MOST_DAYS = 365


class PlanForm(forms.ModelForm[ReminderPlan]):
    """A reminder plan: its days level by level, and its own words in each language."""

    # Not one of the model's here: a plan that becomes the one for all takes that from the other.
    is_default = forms.BooleanField(
        label=_("For every client without a plan of its own"), required=False
    )

    class Meta:
        model = ReminderPlan
        fields = ("name", "grace_days", "days_between", "smallest_amount")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        plan = self.instance if self.instance.pk else None
        if plan:
            self.initial["is_default"] = plan.is_default
        days = {step.level: step.days for step in plan.steps.all()} if plan else USUAL_DAYS
        said = {(one.level, one.language): one.words for one in plan.words.all()} if plan else {}
        for level in Level:
            self.fields[f"days_{level.value}"] = self._days(level, days.get(level))
            for code, name in settings.LANGUAGES:
                field = self._words(level, code, str(name), said.get((level, code), ""))
                self.fields[f"words_{level.value}_{code}"] = field

    @property
    def levels(self) -> list[dict[str, Any]]:
        """The fields of each level, for the page."""
        return [
            {
                "label": capfirst(level.label),
                "days": self[f"days_{level.value}"],
                "words": [
                    self[f"words_{level.value}_{code}"] for code, _name in settings.LANGUAGES
                ],
            }
            for level in Level
        ]

    def terms(self) -> PlanTerms:
        """Return what the plan says."""
        typed = self.cleaned_data
        days = {level: typed[f"days_{level.value}"] for level in Level}
        return PlanTerms(
            **{name: typed[name] for name in ("is_default", *self.Meta.fields)},
            days={level.value: number for level, number in days.items() if number},
            words={
                (level.value, code): typed[f"words_{level.value}_{code}"]
                for level in Level
                for code, _name in settings.LANGUAGES
            },
        )

    def _days(self, level: Level, days: int | None) -> forms.Field:
        return forms.IntegerField(
            label=__("%(level)s: days late") % {"level": capfirst(level.label)},
            min_value=1,
            max_value=MOST_DAYS,
            required=False,
            initial=days,
            help_text=_("after the due day and the grace; empty: this level is left out"),
        )

    def _words(self, level: Level, code: str, name: str, said: str) -> forms.Field:
        with translation.override(code):
            usual = usual_words(level)
        return forms.CharField(
            label=__("Words in %(language)s") % {"language": __(name)},
            max_length=2000,
            required=False,
            initial=said,
            widget=forms.Textarea(attrs={"rows": 3, "placeholder": usual}),
            help_text=_("empty: the words shown; invoices and sums follow below them"),
        )


class TermsForm(forms.ModelForm[CollectingTerms]):
    """Which plan a client has, and when they are called next."""

    class Meta:
        model = CollectingTerms
        fields = ("plan", "gets_reminders", "next_contact_on")
        widgets = {"next_contact_on": DAY}


class HoldForm(forms.Form):
    """Why reminders stop, and for how long."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    last_day_on = forms.DateField(
        label=_("Through"),
        required=False,
        widget=DAY,
        help_text=_("empty: until somebody lifts it"),
    )


class PromiseForm(forms.Form):
    """What a client promises to pay, and by when."""

    amount = forms.DecimalField(
        label=_("Amount"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2
    )
    pay_by_on = forms.DateField(label=_("Promised for"), widget=DAY)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def promised(self) -> Promised:
        """Return what was promised."""
        return Promised(**self.cleaned_data)


class NoteForm(forms.Form):
    """What was said, and when to get in touch again."""

    body = forms.CharField(
        label=_("What was said"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_contact_on = forms.DateField(
        label=_("Next contact"), required=False, widget=DAY, help_text=_("empty: no day is planned")
    )
