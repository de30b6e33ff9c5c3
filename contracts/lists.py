"""The list of contracts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, ManagedPlan, PlanRevision
from core.listing import Column, Empty, Listing

RUNNING, TO_COME, ENDED = "running", "to_come", "ended"


@dataclass(frozen=True)
class State:
    """Where a contract stands on a day, with the colour that says so."""

    label: str | Promise
    tone: str

    def __str__(self) -> str:
        return str(self.label)


STATES = {
    RUNNING: State(_("running"), "good"),
    TO_COME: State(_("to come"), "info"),
    ENDED: State(_("ended"), "neutral"),
}


def state_on(contract: Contract, day: date) -> State:
    """Return whether the contract runs that day, will run, or has run."""
    if contract.starts_on > day:
        return STATES[TO_COME]
    return STATES[RUNNING if day in contract.term else ENDED]


class ContractFilter(django_filters.FilterSet):
    """Running, to come or ended; of one client or plan, whom the address names."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(key, state.label) for key, state in STATES.items()],
        method="by_state",
    )
    client = django_filters.NumberFilter(label=_("Client"), widget=forms.HiddenInput)
    plan_revision = django_filters.NumberFilter(label=_("Plan"), widget=forms.HiddenInput)

    class Meta:
        model = Contract
        fields = ["state", "client", "plan_revision"]

    def by_state(self, rows: Any, _name: str, value: str) -> QuerySet[Contract]:  # noqa: ANN401  (annotated rows)
        """Keep the contracts in that state today."""
        today = timezone.localdate()
        found: QuerySet[Contract] = {
            RUNNING: rows.in_force_on(today),
            TO_COME: rows.filter(starts_on__gt=today),
            ENDED: rows.filter(Q(last_day_on__lt=today)),
        }[value]
        return found


def _state(contract: Contract) -> State:
    return state_on(contract, timezone.localdate())


CONTRACTS = Listing[Contract](
    name="contracts",
    columns=[
        Column("number", _("Number"), link=True, sort="number"),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("name", _("Title"), sort="name"),
        Column("starts_on", _("First day"), kind="day", sort="starts_on", phone="hidden"),
        Column(
            "last_day_on",
            _("Last day"),
            kind="day",
            sort="last_day_on",
            phone="hidden",
        ),
        Column("state", _("State"), _state, cell="contracts/cells.html#state"),
        Column(
            "monthly",
            _("A month, today"),
            kind="money",
            sort="monthly",
            total=Sum("monthly"),
            phone="side",
        ),
    ],
    order="number",
    search=["number", "name", "client__name", "client__code"],
    filters=ContractFilter,
    currency="client.currency",
    empty=Empty(
        _("No contracts yet"),
        _("A contract bills its lines every month and says which work they include."),
        "file-text",
        "contracts:contract-create",
        _("New contract"),
        "contracts.add_contract",
    ),
)


def plans_with_counts(plans: QuerySet[ManagedPlan]) -> QuerySet[ManagedPlan]:
    """Add the last published revision of each plan and how many contracts were made of it."""
    published = PlanRevision.objects.filter(plan=OuterRef("pk"), published_on__isnull=False)
    sold = (
        Contract.objects.filter(plan_revision__plan=OuterRef("pk"))
        .order_by()
        .values("plan_revision__plan")
        .annotate(n=Count("pk"))
        .values("n")
    )
    draft = PlanRevision.objects.filter(plan=OuterRef("pk"), published_on=None)
    return plans.annotate(
        latest=Subquery(published.order_by("-number").values("number")[:1]),
        published_on=Subquery(published.order_by("-number").values("published_on")[:1]),
        has_draft=Exists(draft),
        sold=Coalesce(Subquery(sold), Value(0), output_field=IntegerField()),
    )


def plan_state(plan: Any) -> State:  # noqa: ANN401  (an annotated plan)
    """Return whether a plan is sold, in preparation or withdrawn."""
    if not plan.is_active:
        return State(_("no longer sold"), "neutral")
    if plan.latest is None:
        return State(_("in preparation"), "info")
    if plan.has_draft:
        return State(_("on sale, new revision in preparation"), "good")
    return State(_("on sale"), "good")


class PlanFilter(django_filters.FilterSet):
    """By whether a plan is still sold."""

    is_active = django_filters.ChoiceFilter(
        label=_("State"), choices=[("True", _("on sale")), ("False", _("no longer sold"))]
    )

    class Meta:
        model = ManagedPlan
        fields = ["is_active"]


PLANS = Listing[ManagedPlan](
    name="plans",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("latest", _("Revision"), kind="number", sort="latest"),
        Column("published_on", _("Published"), kind="day", sort="published_on", phone="hidden"),
        Column("sold", _("Contracts"), kind="number", sort="sold", phone="side"),
        Column(
            "state",
            _("State"),
            plan_state,
            sort="is_active",
            cell="contracts/cells.html#state",
        ),
    ],
    order="name",
    search=["name", "code"],
    filters=PlanFilter,
    empty=Empty(
        _("No plans yet"),
        _("A plan is what you sell again and again: prices, included work, hours, service level."),
        "packages",
        "contracts:plan-create",
        _("New plan"),
        "contracts.add_managedplan",
    ),
)


OF_CLIENT = Listing[Contract](
    name="contracts-of-client",
    columns=[column for column in CONTRACTS.columns if column.key != "client"],
    order="number",
    currency="client.currency",
    empty=Empty(_("No contract"), _("Work and parts are billed as they come."), "file-text"),
)
