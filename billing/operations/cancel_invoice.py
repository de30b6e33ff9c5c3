"""Cancelling an issued invoice: credited in whole, its evidence billable again exactly once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from billing.domain.credits import draw_up_rest
from billing.models import Cancellation, Invoice, Outcome
from billing.operations._by_hand import add_up
from billing.operations._crediting import (
    CreditNotPossible,
    give_credit,
    lock_invoice,
    required_reason,
)
from billing.operations._discounting import carried_of, lay_down
from billing.operations._drafting import bill_clients
from billing.operations._journal import lock_journal, seal_cancellation
from billing.operations._replacing import mark_replacements
from billing.queries.cancelling import built_upon, live_claims
from billing.queries.credits import corrected_of
from core.display import day_text

__all__ = ["AlreadyCancelled", "CancelNotPossible", "Cancelled", "cancel_invoice"]


class CancelNotPossible(Exception):
    """The invoice cannot be cancelled like this; the message says why, nothing has changed."""


class AlreadyCancelled(CancelNotPossible):
    """Somebody has cancelled the invoice before; nothing is done a second time."""


@dataclass(frozen=True)
class Cancelled:
    """What came of it: the credit note where one was needed, and the drafts that replace it."""

    cancellation: Cancellation
    credit_note: Invoice | None
    drafts: tuple[Invoice, ...] = ()


@transaction.atomic(durable=True)
def cancel_invoice(
    *, invoice_id: int, reason: str, cancelled_on: date, drafts_again: bool, actor: User | None
) -> Cancelled:
    """Credit all that is left of an invoice, free its evidence, and draft that again if asked.

    The client is locked first, as a run locks it: what is freed is billed by the draft made here
    or by a later run, never by both. What was paid becomes the client's credit. Discounts are
    given again on what is drafted here.

    :raises AlreadyCancelled: it is cancelled
    :raises CancelNotPossible: it is no issued invoice, or a later document corrects its lines
    """
    try:
        invoice = lock_invoice(invoice_id)
        _guard(invoice)
        reason = required_reason(reason)
        note = _credited(invoice, reason, cancelled_on, actor)
    except CreditNotPossible as refusal:
        raise CancelNotPossible(str(refusal)) from refusal
    cancellation = Cancellation.objects.create(
        invoice=invoice,
        credit_note=note,
        reason=reason,
        cancelled_on=cancelled_on,
        cancelled_by=actor,
    )
    live_claims(invoice).update(released_at=Now(), cancellation=cancellation)
    seal_cancellation(lock_journal(invoice.legal_entity_id), cancellation)
    drafts = _drafted_again(invoice) if drafts_again else ()
    replacing = Invoice.objects.filter(pk__in=[draft.pk for draft in drafts], replaces=invoice)
    for draft in lay_down(replacing.order_by("pk"), carried_of(invoice)):
        add_up(draft)
    return Cancelled(cancellation, note, drafts)


def _guard(invoice: Invoice) -> None:
    done = Cancellation.objects.filter(invoice=invoice).first()
    if done is not None:
        raise AlreadyCancelled(
            _("%(invoice)s was cancelled on %(day)s already; nothing was done a second time.")
            % {"invoice": invoice.number, "day": day_text(done.cancelled_on)}
        )
    above = built_upon(invoice)
    if above is not None:
        raise CancelNotPossible(_why_not_before(above.charge.invoice))


def _why_not_before(above: Invoice | None) -> str:
    """Return what has to go first: a later document that corrects lines of this one."""
    if above is None:
        return _("Some of it was corrected since without an invoice: give a credit note instead.")
    if above.is_draft:
        return _("A draft as of %(day)s corrects lines of this invoice: discard it first.") % {
            "day": day_text(above.as_of_on)
        }
    return _("%(number)s corrects lines of this invoice: cancel that one first.") % {
        "number": above.number
    }


def _credited(
    invoice: Invoice, reason: str, cancelled_on: date, actor: User | None
) -> Invoice | None:
    """Take back what is left of it; None where nothing is."""
    rest = draw_up_rest(corrected_of(invoice))
    if rest is not None:
        return give_credit(
            invoice, rest, reason=reason, issued_on=cancelled_on, actor=actor, cancels=True
        )
    if invoice.issued_on is None or cancelled_on < invoice.issued_on:
        raise CancelNotPossible(_("An invoice cannot be cancelled before its own day."))
    return None


def _drafted_again(invoice: Invoice) -> tuple[Invoice, ...]:
    """Draft what is due as of the same day; the drafts that bill the same evidence say so.

    :raises CancelNotPossible: the client cannot be billed as things are
    """
    [result] = bill_clients([invoice.client], invoice.legal_entity, invoice.as_of_on, None)
    if result.outcome == Outcome.HELD:
        raise CancelNotPossible(
            _("It cannot be drafted again: %(why)s Cancel it without a new draft, or mend that.")
            % {"why": result.reason}
        )
    mark_replacements(invoice.pk, result.invoice_ids)
    return tuple(Invoice.objects.filter(pk__in=result.invoice_ids).order_by("pk"))
