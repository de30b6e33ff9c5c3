"""Disputes as people look at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Charge, Invoice
from collecting.models import Dispute, DisputeMessage
from collecting.models.dispute import DisputeQuerySet
from collecting.queries.disputed import disputed_amounts, line_with_tax, lines_with_tax
from core.money import ZERO


def work_list(user: User) -> DisputeQuerySet:
    """Return the disputes this person may see, with who spoke last and when."""
    last = DisputeMessage.objects.filter(dispute=OuterRef("pk")).order_by("-written_at", "-pk")
    disputes = Dispute.objects.visible_to(user).select_related("invoice__client", "line")
    return disputes.annotate(
        last_at=Subquery(last.values("written_at")[:1]),
        is_our_turn=Subquery(last.values("is_from_client")[:1]),
    )


def priced(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Add ``amount`` to disputes: what is left of their lines, tax included."""
    rows = list(disputes)
    gross = lines_with_tax({row.invoice_id for row in rows})
    for row in rows:
        setattr(row, "amount", gross[row.invoice_id].get(row.line_id, ZERO))  # noqa: B010  (not a field of the model)
    return rows


def of_invoice(user: User, invoice: Invoice) -> list[Dispute]:
    """Return the disputes of one invoice with their amounts, the latest first."""
    return priced(work_list(user).filter(invoice=invoice))


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What is neither asked for nor collected, in one currency."""

    currency: str
    amount: Decimal


def sums(user: User) -> list[HeldBack]:
    """Return how much of what is open is disputed, currency by currency."""
    amounts = disputed_amounts()
    rows = Invoice.objects.visible_to(user).filter(pk__one_of=list(amounts))
    found: dict[str, Decimal] = {}
    for pk, currency in rows.order_by("currency").values_list("pk", "currency"):
        found[currency] = found.get(currency, ZERO) + amounts[pk]
    return [HeldBack(currency, amount) for currency, amount in found.items()]


def disputable_lines(invoice: Invoice) -> QuerySet[Charge]:
    """Return the lines of an issued invoice that can be disputed now."""
    gross = lines_with_tax([invoice.pk])[invoice.pk]
    left = [pk for pk, amount in gross.items() if amount > 0]
    lines = Charge.objects.lines().filter(pk__in=left, amount__gt=0)
    open_ones = Dispute.objects.open().filter(invoice=invoice)
    return lines.exclude(disputes__in=open_ones).order_by("position")


def why_not(line: Charge) -> str:
    """Say why a line cannot be disputed now; nothing where it can."""
    invoice = line.invoice
    if invoice is None or invoice.is_draft or line.position is None:
        return _("Only a line of an issued invoice can be disputed.")
    if invoice.is_credit_note:
        return _("A credit note asks for nothing that could be disputed.")
    if line.amount <= 0:
        return _("This line costs nothing, so there is nothing to dispute.")
    if line_with_tax(line) <= 0:
        return _("This line has been credited in full already.")
    if Dispute.objects.open().filter(line=line).exists():
        return _("This line is disputed already.")
    return ""


def overtaken() -> list[int]:
    """Return the open disputes of whose line nothing is left: a credit note has overtaken them."""
    notes = Charge.objects.filter(credits=OuterRef("line"), rated_at__gte=OuterRef("opened_at"))
    rows = priced(Dispute.objects.open().filter(Exists(notes)).order_by("pk"))
    return [row.pk for row in rows if getattr(row, "amount") <= 0]  # noqa: B009  (as above)
