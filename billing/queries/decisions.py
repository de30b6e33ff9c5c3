"""Work whose payer a person must name: several contracts could cover it, or none clearly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from billing.domain.charge import HeldEvidence
from billing.domain.time import rate_time
from billing.explain import explain_candidate, explain_hold
from billing.queries.evidence import load_work
from billing.queries.work import unclaimed
from clients.models import Client, LegalEntity
from contracts.models import Contract
from core.display import minutes_text
from tickets.models import Ticket, TimeEntry


@dataclass(frozen=True)
class Choice:
    """A contract that could pay, with what is known and not known about it."""

    contract_id: int
    label: str


@dataclass(frozen=True)
class Undecided:
    """A time entry that waits for a person, with the contracts to choose from."""

    entry: TimeEntry
    client: Client
    reason: str
    choices: Sequence[Choice]

    @property
    def pk(self) -> int:
        """The key of the entry."""
        return self.entry.pk

    @property
    def ticket(self) -> Ticket:
        """The ticket that it is on."""
        return self.entry.ticket

    @property
    def worked(self) -> str:
        """How long and what was worked."""
        return f"{minutes_text(self.entry.minutes)} {self.entry.work_type}"

    def get_absolute_url(self) -> str:
        """Return the address of the ticket."""
        return self.entry.ticket.get_absolute_url()


def undecided(clients: "QuerySet[Client]", entity: LegalEntity, today: date) -> list[Undecided]:
    """Return the open work of these clients that a person must decide on, the oldest first.

    Work that nobody has approved yet is shown too: deciding early loses nothing.
    """
    concerned = list(_with_open_work_and_contracts(clients))
    as_of = today + timedelta(days=1)
    held = [
        one
        for evidence in load_work(concerned, entity, as_of, with_unapproved=True).values()
        for one in rate_time(evidence.time, evidence).held
        if one.candidates
    ]
    return sorted(_rows(held), key=lambda row: (row.entry.worked_on, row.pk))


def _with_open_work_and_contracts(clients: "QuerySet[Client]") -> "QuerySet[Client]":
    work = unclaimed(TimeEntry.objects.filter(ticket__client=OuterRef("pk")), "time_entry")
    contracts = Contract.objects.filter(client=OuterRef("pk"))
    return clients.filter(Exists(work), Exists(contracts))


def _rows(held: Sequence[HeldEvidence]) -> Iterator[Undecided]:
    keys = [one.source.time_entry_id or 0 for one in held]
    entries = (
        TimeEntry.objects.filter(pk__in=keys)
        .select_related("ticket__client", "technician", "work_type")
        .in_bulk()
    )
    for one in held:
        entry = entries[one.source.time_entry_id or 0]
        choices = [
            Choice(candidate.contract.id, explain_candidate(candidate))
            for candidate in one.candidates
        ]
        yield Undecided(entry, entry.ticket.client, explain_hold(one), choices)
