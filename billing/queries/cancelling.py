"""What cancelling an invoice sets free, and what was built on it since."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from billing.models import Cancellation, Claim, Invoice
from billing.models.claim import SOURCES
from core.money import ZERO

SOURCE_FIELDS = (*SOURCES, "period_on")
Source = tuple[object, ...]


def live_claims(invoice: Invoice) -> QuerySet[Claim]:
    """Return what the invoice holds of evidence."""
    return Claim.objects.filter(charge__invoice=invoice, released_at=None)


def built_upon(invoice: Invoice) -> Claim | None:
    """Return a live claim of another document that corrects what the invoice bills.

    It is a later correction of one of its contract periods, or of its time. What it corrects must
    stay, so it has to go first.
    """
    own = live_claims(invoice)
    same_period = own.filter(
        contract_line=OuterRef("contract_line"),
        period_on=OuterRef("period_on"),
        revision__lt=OuterRef("revision"),
    )
    lines = own.exclude(contract_line=None).values("contract_line")
    entries = own.exclude(time_entry=None).values("time_entry")
    others = Claim.objects.filter(released_at=None).exclude(charge__invoice=invoice)
    others = others.select_related("charge__invoice").order_by("-charge__invoice_id")
    return (
        others.filter(Exists(same_period), contract_line__in=lines).first()
        or others.filter(time_correction__time_entry__in=entries).first()
    )


def sources_of(claims: QuerySet[Claim]) -> set[Source]:
    """Return the pieces of evidence that claims hold."""
    return set(claims.values_list(*SOURCE_FIELDS))


def drafts_upon(sources: set[Source], draft_ids: Iterable[int]) -> list[int]:
    """Return the drafts that bill some of this evidence, in their order."""
    rows = Claim.objects.filter(charge__invoice__in=list(draft_ids)).order_by("charge__invoice")
    found = rows.values_list("charge__invoice", *SOURCE_FIELDS)
    return list(dict.fromkeys(draft for draft, *source in found if tuple(source) in sources))


def evidence_counts(invoice: Invoice) -> dict[str, int]:
    """Count what would be billable again: minutes, and how many of each other kind."""
    counted = live_claims(invoice).aggregate(
        minutes=Sum("minutes", filter=Q(time_entry__isnull=False)),
        parts=Count("part_used"),
        flat_rates=Count("flat_rate_item"),
        periods=Count("contract_line"),
        blocks=Count("prepaid_block"),
        corrections=Count("time_correction"),
        hand_lines=Count("hand_line"),
    )
    return {name: int(count or ZERO) for name, count in counted.items()}


def ties_of(document: Invoice) -> dict[str, object]:
    """Return what ties a document to a cancellation, for its page."""
    if document.is_draft:
        return {}
    if document.is_credit_note:
        is_cancelling = Cancellation.objects.filter(credit_note=document).exists()
        return {"cancelled_invoice": document.corrects if is_cancelling else None}
    done = Cancellation.objects.select_related("credit_note").filter(invoice=document).first()
    return {"cancellation": done, "replacements": list(document.replacements.order_by("pk"))}


def client_ties_of(document: Invoice) -> dict[str, object]:
    """Return what of the ties the client sees: no drafts, no credit note's own page twice."""
    ties = ties_of(document)
    issued = document.replacements.issued().order_by("pk")
    return ties | {"replacements": list(issued)}
