"""The list of contracts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
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
    """Running, to come or ended; of one client, whom the address names."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(key, state.label) for key, state in STATES.items()],
        method="by_state",
    )
    client = django_filters.NumberFilter(label=_("Client"), widget=forms.HiddenInput)

    class Meta:
        model = Contract
        fields = ["state", "client"]

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

OF_CLIENT = Listing[Contract](
    name="contracts-of-client",
    columns=[column for column in CONTRACTS.columns if column.key != "client"],
    order="number",
    currency="client.currency",
    empty=Empty(_("No contract"), _("Work and parts are billed as they come."), "file-text"),
)
