"""Drawing up the bills of many clients: the same for a run, a fresh draft, and a dry run.

Nothing is written here. What is wrong with one client is said of that client and stops no other.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from billing.domain.bill import Billing, draw_up
from billing.domain.evidence import ClientEvidence
from billing.domain.settled import Settled, settled_lines
from billing.domain.terms import Hold, NotBillable
from billing.models import Outcome
from billing.queries.evidence import load_evidence
from billing.queries.holds import parked
from clients.models import Client, LegalEntity

log = logging.getLogger(__name__)
NOTHING = Billing()


@dataclass(frozen=True)
class Drawn:
    """What a client would be billed, or why the whole client is held.

    ``settled`` are lines of which many periods were found billed as they are owed.
    """

    client: Client
    billing: Billing
    refusal: NotBillable | None = None
    settled: tuple[Settled, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What a run says of the client; held only where all that is due waits for a person."""
        if self.refusal:
            return Outcome.HELD
        if any(bill.totals for bill in self.billing.bills):
            return Outcome.DRAFTED
        return Outcome.HELD if self.billing.held else Outcome.NOTHING_DUE


def draw_up_all(clients: Collection[Client], entity: LegalEntity, as_of: date) -> list[Drawn]:
    """Return what is due from each client as of the day."""
    evidence = load_evidence(clients, entity, as_of)
    reasons = parked(client.pk for client in clients)
    return [_drawn(client, evidence[client.pk], as_of, reasons) for client in clients]


def _drawn(client: Client, evidence: ClientEvidence, as_of: date, reasons: dict[int, str]) -> Drawn:
    """Return the client's bills, or why there are none; no client's trouble stops the others."""
    if client.pk in reasons:
        parking = NotBillable(Hold.CLIENT_PARKED, reason=reasons[client.pk])
        return Drawn(client, NOTHING, parking)
    try:
        return Drawn(client, draw_up(evidence, as_of), settled=settled_lines(evidence, as_of))
    except NotBillable as refusal:
        return Drawn(client, NOTHING, refusal)
    except Exception as error:  # a fault of ours, shown and logged instead of stopping the run
        log.exception("Client %s cannot be rated", client.pk)
        failure = NotBillable(Hold.NOT_WORKED_OUT, why=first_line(error))
        return Drawn(client, NOTHING, failure)


def first_line(error: Exception) -> str:
    """Return what an error says, short enough to be shown."""
    return next(iter(str(error).splitlines()), type(error).__name__)[:300]
