"""The steps that make drafts, shared by the run and by the refreshing of a single draft.

Nothing here opens a transaction of the caller's: each function works inside the one it finds.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import DataError, IntegrityError, InternalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from billing.domain.bill import Bill, draw_up
from billing.domain.evidence import ClientEvidence
from billing.domain.terms import NotBillable
from billing.explain import explain_hold
from billing.models import BillingRun, Invoice, Outcome
from billing.operations._ledger import Drafting, write_bills
from billing.queries.evidence import load_evidence
from billing.wording import firm_language
from clients.models import Client, LegalEntity

log = logging.getLogger(__name__)
REFUSALS = (IntegrityError, DataError, InternalError)


class NotADraft(Exception):
    """The invoice has been issued, so it stays as it is; the message says so."""


@dataclass(frozen=True, slots=True)
class ClientResult:
    """What came of one client."""

    client_id: int
    outcome: Outcome
    reason: str = ""
    invoice_id: int | None = None


def lock_clients(client_ids: Iterable[int]) -> list[Client]:
    """Lock the clients in order, so that each is billed by one transaction at a time.

    The lock leaves room for foreign keys: technicians can log work meanwhile.
    """
    clients = Client.objects.select_for_update(no_key=True).filter(pk__in=list(client_ids))
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
    evidence = load_evidence(clients, entity, as_of)
    results: list[ClientResult] = []
    bills: list[tuple[Client, Bill]] = []
    with translation.override(firm_language(entity)):
        for client in clients:
            found = _draw_up(evidence[client.pk], as_of)
            if isinstance(found, Bill):
                bills.append((client, found))
            else:
                results.append(ClientResult(client.pk, Outcome.HELD, found))
    invoice_ids = write_bills(bills, Drafting(entity, as_of, run))
    for client, bill in bills:
        invoice_id = invoice_ids.get(client.pk)
        outcome = Outcome.DRAFTED if bill.totals else Outcome.NOTHING_DUE
        results.append(ClientResult(client.pk, outcome, invoice_id=invoice_id))
    return results


def _bill_alone(
    client: Client, entity: LegalEntity, as_of: date, run: BillingRun | None
) -> ClientResult:
    try:
        with transaction.atomic():
            return _bill_together([client], entity, as_of, run)[0]
    except REFUSALS as refusal:
        log.exception("Client %s was refused", client.code)
        with translation.override(firm_language(entity)):
            reason = _("The database refuses it: %(why)s") % {"why": _first_line(refusal)}
        return ClientResult(client.pk, Outcome.HELD, reason)


def _draw_up(evidence: ClientEvidence, as_of: date) -> Bill | str:
    """Return the client's bill, or why there is none; no client's trouble may stop the others."""
    try:
        return draw_up(evidence, as_of)
    except NotBillable as refusal:
        return explain_hold(refusal)
    except Exception as error:  # a fault of ours, shown and logged instead of stopping the run
        log.exception("Client %s cannot be rated", evidence.buyer.id)
        return _("It cannot be worked out: %(why)s") % {"why": _first_line(error)}


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:300]
