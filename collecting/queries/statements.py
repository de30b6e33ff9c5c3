"""What moved on a client's account, read for its statement."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from billing.models import Allocation, Invoice, Payment, Refund, Reversal, WriteOff
from clients.models import Client
from collecting.domain.statement import AccountStatement, Move, MoveKind, OpenAt, state_account
from core.money import ZERO

Moves = Iterator[tuple[str, Move]]


@dataclass(frozen=True, slots=True)
class CurrencyStatement:
    """A client's statement in one currency."""

    currency: str
    statement: AccountStatement


def statements_of(
    client: Client, first_on: date, last_on: date, zone: ZoneInfo
) -> list[CurrencyStatement]:
    """Return the statements of a client, the usual currency first; one even of nothing."""
    moves: dict[str, list[Move]] = defaultdict(list)
    for read in (_documents, _payments, _refunds, _reversals, _given_up):
        for currency, move in read(client):
            moves[currency].append(move)
    open_ones = _open_at(client, last_on, zone)
    currencies = sorted({client.currency, *moves}, key=lambda code: (code != client.currency, code))
    return [
        CurrencyStatement(code, state_account(moves[code], open_ones[code], first_on, last_on))
        for code in currencies
    ]


def _documents(client: Client) -> Moves:
    for row in Invoice.objects.issued().filter(client=client):
        assert row.issued_on is not None  # noqa: S101  (what is issued has its day)
        if row.is_credit_note:
            move = Move(row.issued_on, MoveKind.CREDIT_NOTE, row.number, -row.total, row.pk)
        else:
            move = Move(
                row.issued_on,
                MoveKind.INVOICE,
                row.number,
                row.total,
                row.pk,
                due_on=row.due_on,
            )
        yield row.currency, move


def _payments(client: Client) -> Moves:
    for row in Payment.objects.filter(client=client):
        text = f"{row.get_method_display()}"
        yield (
            row.currency,
            Move(
                row.received_on, MoveKind.PAYMENT, text, -row.amount, row.pk, detail=row.reference
            ),
        )


def _refunds(client: Client) -> Moves:
    for row in Refund.objects.filter(client=client):
        move = Move(
            row.paid_on,
            MoveKind.REFUND,
            str(row.get_method_display()),
            row.amount,
            row.pk,
            detail=row.reference,
        )
        yield row.currency, move


def _reversals(client: Client) -> Moves:
    rows = Reversal.objects.select_related("payment", "refund")
    for row in rows.filter(payment__client=client):
        assert row.payment is not None  # noqa: S101  (the filter says so)
        text = str(row.get_reason_display())
        amount = row.payment.amount
        yield (
            row.payment.currency,
            Move(row.reversed_on, MoveKind.PAYMENT_REVERSED, text, amount, row.pk),
        )
    for row in rows.filter(refund__client=client):
        assert row.refund is not None  # noqa: S101  (as above)
        text = str(row.get_reason_display())
        amount = -row.refund.amount
        yield (
            row.refund.currency,
            Move(row.reversed_on, MoveKind.REFUND_REVERSED, text, amount, row.pk),
        )


def _given_up(client: Client) -> Moves:
    for row in WriteOff.objects.filter(invoice__client=client).select_related("invoice"):
        text = row.invoice.number
        yield (
            row.invoice.currency,
            Move(row.written_off_on, MoveKind.WRITE_OFF, text, -row.amount, row.pk),
        )


def _open_at(client: Client, day: date, zone: ZoneInfo) -> dict[str, list[OpenAt]]:
    """Return what each invoice still asked for at the end of the day."""
    issued = Invoice.objects.issued().filter(client=client, issued_on__lte=day)
    left: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for invoice_id, total in issued.filter(corrects__isnull=False).values_list(
        "corrects_id", "total"
    ):
        left[invoice_id or 0] -= total
    losses = WriteOff.objects.filter(invoice__client=client, written_off_on__lte=day)
    for invoice_id, amount in losses.values_list("invoice_id", "amount"):
        left[invoice_id] -= amount
    for share in _allocations(client):
        if share.invoice_id is not None and _counts_from(share, zone) <= day:
            left[share.invoice_id] -= share.amount
    found: dict[str, list[OpenAt]] = defaultdict(list)
    for row in issued.invoices_only():
        amount = row.total + left[row.pk]
        if amount and row.due_on:
            found[row.currency].append(OpenAt(row.due_on, amount))
    return found


def _allocations(client: Client) -> Iterator[Allocation]:
    shares = Allocation.objects.filter(invoice__client=client)
    yield from shares.select_related("payment__reversal", "invoice", "releases")


def _counts_from(share: Allocation, zone: ZoneInfo) -> date:
    """Return the day from which a use of money counts.

    Money pays an invoice from the day it came in, or from the invoice's own where that is later; it
    pays it no more from the day on which the payment was reversed, or the use was released.
    """
    invoice = share.invoice
    assert invoice is not None  # noqa: S101  (read by its invoice)
    assert invoice.issued_on is not None  # noqa: S101  (only issued ones are paid)
    came_in = max(share.payment.received_on, invoice.issued_on)
    if share.amount > 0:
        return came_in
    reversal = getattr(share.payment, "reversal", None)
    released_on = share.recorded_at.astimezone(zone).date()
    return max(came_in, reversal.reversed_on if reversal else released_on)


def move_text(move: Move) -> str:
    """Return what moved and by what: a document's number, or how money came or went."""
    return (" " if move.is_document else " · ").join(
        filter(None, [kind_text(move.kind), move.text])
    )


def kind_text(kind: MoveKind) -> str:
    """Return what a move is called, in the reader's language."""
    return {
        MoveKind.INVOICE: _("Invoice"),
        MoveKind.CREDIT_NOTE: _("Credit note"),
        MoveKind.PAYMENT: _("Payment"),
        MoveKind.PAYMENT_REVERSED: _("Payment taken back"),
        MoveKind.REFUND: _("Refund"),
        MoveKind.REFUND_REVERSED: _("Refund taken back"),
        MoveKind.WRITE_OFF: _("Not asked for any more"),
    }[kind]
