"""The form of a maintenance plan, and why a day is skipped."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clients.forms.chooser import ClientChoiceField
from clients.models import Asset, Client, Site
from contracts.models import Contract
from tickets.domain.recurrence import ImpossibleRule, Kind, Rhythm, check_rule, rhythm_of, rule_of
from tickets.models import MaintenancePlan, ServiceBoard

RHYTHMS = [
    (Rhythm.WEEKLY, gettext_lazy("every week")),
    (Rhythm.FORTNIGHTLY, gettext_lazy("every two weeks")),
    (Rhythm.MONTHLY, gettext_lazy("every month")),
    (Rhythm.QUARTERLY, gettext_lazy("every quarter")),
    (Rhythm.HALF_YEARLY, gettext_lazy("every half-year")),
    (Rhythm.YEARLY, gettext_lazy("every year")),
    ("own", gettext_lazy("by a rule of one's own")),
]
KINDS = [
    (Kind.DATE, gettext_lazy("on the same date")),
    (Kind.WEEKDAY, gettext_lazy("on the same weekday of the month")),
]
MOST_POINTS = 40
LONGEST_POINT = 200


class ClientOfPlanForm(forms.Form):
    """For whom a plan is made."""

    client = ClientChoiceField(label=gettext_lazy("Client"), queryset=Client.objects.none())

    def __init__(self, *args: Any, clients: "QuerySet[Client]", **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = clients


class PlanForm(forms.ModelForm[MaintenancePlan]):
    """What is done, for which client, how often, and from which day on."""

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=RHYTHMS)
    kind = forms.ChoiceField(
        label=gettext_lazy("In months"), choices=KINDS, initial=Kind.DATE, required=False
    )
    own_rule = forms.CharField(
        label=gettext_lazy("Rule (RRULE)"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "FREQ=MONTHLY;BYDAY=2TU"}),
    )
    points = forms.CharField(
        label=gettext_lazy("Checklist"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("one point a line"),
    )

    class Meta:
        model = MaintenancePlan
        fields = [
            "name", "description", "points", "first_on", "lead_days", "site", "asset", "contract",
            "board", "category", "priority", "assignee", "is_active",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        client: Client,
        today: date,
        instance: MaintenancePlan | None = None,
    ) -> None:
        """Offer what is the client's, and the rule as it was typed."""
        super().__init__(data, instance=instance)
        self.client, self.today = client, today
        self.was_active = bool(instance and instance.is_active)
        self.was_saved = instance is not None and instance.pk is not None
        own: dict[str, Any] = {
            "site": Site.objects.filter(client=client),
            "asset": Asset.objects.filter(client=client),
            "contract": Contract.objects.filter(client=client),
            "assignee": User.objects.staff(),
        }
        for name, rows in own.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # each is a choice of rows
        if instance is None:
            self.initial["first_on"] = today
            self.initial["board"] = ServiceBoard.objects.order_by("-is_default", "name").first()
        else:
            self.initial["points"] = "\n".join(instance.points)
            usual = rhythm_of(instance.rule, instance.first_on)
            if usual is None:
                self.initial["rhythm"], self.initial["own_rule"] = "own", instance.rule
            else:
                self.initial["rhythm"], self.initial["kind"] = usual

    def clean_points(self) -> list[str]:
        """Read one point a line."""
        points = [line.strip() for line in self.cleaned_data["points"].splitlines()]
        points = [point for point in points if point]
        if len(points) > MOST_POINTS:
            raise forms.ValidationError(_("A checklist has at most 40 points."))
        if any(len(point) > LONGEST_POINT for point in points):
            raise forms.ValidationError(_("A point has at most 200 letters."))
        return points

    def clean(self) -> dict[str, Any]:
        """Make the rule, and see that it has a day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, rhythm = cleaned.get("first_on"), cleaned.get("rhythm")
        if first is None or rhythm is None:
            return cleaned
        is_own = rhythm == "own"
        kind = Kind(cleaned.get("kind") or Kind.DATE)
        rule = cleaned["own_rule"].strip() if is_own else rule_of(Rhythm(rhythm), kind, first)
        try:
            check_rule(rule, first)
        except ImpossibleRule:
            self.add_error(
                "own_rule", _("This is no rule of days, such as FREQ=MONTHLY;BYDAY=2TU.")
            )
        cleaned["rule"] = rule
        return cleaned

    def save(self, commit: bool = True) -> MaintenancePlan:  # noqa: FBT001, FBT002 -- Django's
        """Save the plan; from a day on which it is switched on, nothing before is caught up."""
        plan: MaintenancePlan = self.instance
        plan.client, plan.rule = self.client, self.cleaned_data["rule"]
        if not self.was_saved or (plan.is_active and not self.was_active):
            plan.active_from_on = self.today
        return super().save(commit)


def rule_in_words(plan: MaintenancePlan) -> str:
    """Return how often a plan comes round, as people say it."""
    usual = rhythm_of(plan.rule, plan.first_on)
    if usual is None:
        return plan.rule
    rhythm, kind = usual
    told = str(dict(RHYTHMS)[rhythm])
    is_of_months = rhythm not in {Rhythm.WEEKLY, Rhythm.FORTNIGHTLY}
    return f"{told}, {dict(KINDS)[kind]}" if is_of_months and kind == Kind.WEEKDAY else told


class SkipForm(forms.Form):
    """Why a day is left out."""

    day = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)
