"""The steps that make drafts, shared by the run and by the refreshing of a single draft.

Nothing here opens a transaction of the caller's: each function works inside the one it finds.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import DataError, IntegrityError, InternalError, transaction
from django.utils.translation import gettext as _

from billing.domain.bill import Bill
from billing.domain.terms import Hold, NotBillable
from billing.drawing import Drawn, draw_up_all, first_line
from billing.explain import Refusal
from billing.explain_outcome import reason_of
from billing.models import BillingRun, Invoice, Outcome
from billing.operations._held import write_held
from billing.operations._ledger import Drafting, write_bills
from billing.operations._settling import settle
from clients.models import Client, LegalEntity
from core.money import ZERO

log = logging.getLogger(__name__)
REFUSALS = (IntegrityError, DataError, InternalError)


class NotADraft(Exception):
    """The invoice has been issued, so it stays as it is; the message says so."""


@dataclass(frozen=True, slots=True)
class ClientResult:
    """What came of one client: its drafts, what they come to, and how much is held back.

    ``refusal`` says why the client, or the first piece that waits for a person, is held.
    """

    client_id: int
    outcome: Outcome
    refusal: Refusal | None = None
    invoice_ids: tuple[int, ...] = ()
    net: Decimal = ZERO
    total: Decimal = ZERO
    held_count: int = 0

    @property
    def reason(self) -> str:
        """Why something is held, as a sentence."""
        return reason_of(self.refusal, self.held_count)


def lock_clients(client_ids: Iterable[int]) -> list[Client]:
    """Lock the clients in order, so that each is billed by one transaction at a time.

    The lock leaves room for foreign keys: technicians can log work meanwhile.
    """
    clients = Client.objects.select_for_update(no_key=True).filter(pk__one_of=client_ids)
    return list(clients.order_by("pk"))


def lock_draft(invoice_id: int) -> Invoice:
    """Lock a draft behind its client, in the same order as a run does.

    :raises NotADraft: it has been issued
    """
    lock_clients([Invoice.objects.values_list("client_id", flat=True).get(pk=invoice_id)])
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice_id)
    if not invoice.is_draft:
        raise NotADraft(_("%(invoice)s has already been issued.") % {"invoice": invoice})
    return invoice


def bill_clients(
    clients: Collection[Client], entity: LegalEntity, as_of: date, run: BillingRun | None
) -> list[ClientResult]:
    """Draft what is due from clients that are locked, all of them at once.

    Where the database refuses the whole, each is tried alone: the one it refuses is held.
    """
    try:
        with transaction.atomic():
            return _bill_together(clients, entity, as_of, run)
    except REFUSALS:
        log.exception("A batch as of %s was refused; going on client by client", as_of)
    return [_bill_alone(client, entity, as_of, run) for client in clients]


def _bill_together(
    clients: Collection[Client], entity: LegalEntity, as_of: date, run: BillingRun | None
) -> list[ClientResult]:
    drawn = draw_up_all(clients, entity, as_of)
    bills = [(one.client, bill) for one in drawn for bill in one.billing.bills]
    invoice_ids = iter(write_bills(bills, Drafting(entity, as_of, run)))
    settle(found for one in drawn for found in one.settled)
    if run is not None:
        write_held(run, [(one.client, held) for one in drawn for held in one.billing.held])
    return [
        _result(one, [(bill, next(invoice_ids)) for bill in one.billing.bills]) for one in drawn
    ]


def _result(drawn: Drawn, drafts: Sequence[tuple[Bill, int | None]]) -> ClientResult:
    written = [(bill.totals, key) for bill, key in drafts if bill.totals and key is not None]
    return ClientResult(
        client_id=drawn.client.pk,
        outcome=drawn.outcome,
        refusal=drawn.refusal or next(iter(drawn.billing.held), None),
        invoice_ids=tuple(key for _, key in written),
        net=sum((totals.net for totals, _ in written), ZERO),
        total=sum((totals.total for totals, _ in written), ZERO),
        held_count=len(drawn.billing.held),
    )


def _bill_alone(
    client: Client, entity: LegalEntity, as_of: date, run: BillingRun | None
) -> ClientResult:
    try:
        with transaction.atomic():
            return _bill_together([client], entity, as_of, run)[0]
    except REFUSALS as refusal:
        log.exception("Client %s was refused", client.code)
        why = NotBillable(Hold.DATABASE_REFUSES, why=first_line(refusal))
        return ClientResult(client.pk, Outcome.HELD, why)
