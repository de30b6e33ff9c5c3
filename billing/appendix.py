"""What an invoice looks like beyond its words: logo, colour, and the evidence at its end."""

from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from billing.models import Charge, Claim, Invoice, Letterhead
from core.display import day_text, minutes_text, number_text

Row = dict[str, str]


def look_of(invoice: Invoice) -> dict[str, Any]:
    """Return logo, colour, and the evidence where the company prints it."""
    head = Letterhead.objects.of(invoice.legal_entity_id)
    with translation.override(invoice.language):
        groups = _evidence(invoice) if head.prints_evidence else []
        return {
            **head.printed,
            "evidence": groups,
            "evidence_labels": _labels() if groups else {},
        }


def _labels() -> dict[str, str]:
    return {
        "title": _("What the lines rest on"),
        "day": _("Day"),
        "what": _("Work"),
        "who": _("By"),
        "quantity": _("Quantity"),
    }


def _evidence(invoice: Invoice) -> list[dict[str, Any]]:
    """Return the work and the parts behind each line, in the order of the lines."""
    claims = (
        Claim.objects.filter(charge__invoice=invoice, charge__position__isnull=False)
        .select_related(
            "charge__ticket", "time_entry__technician", "time_entry__work_type", "part_used"
        )
        .order_by("charge__position", "pk")
    )
    groups = []
    for charge, those in groupby(claims, key=lambda claim: claim.charge):
        rows = [row for row in map(_row, those) if row]
        if rows:
            groups.append({"title": _title(charge), "rows": rows})
    return groups


def _title(charge: Charge) -> str:
    said = str(charge.description)
    number = charge.ticket.number if charge.ticket else ""
    return said if not number or number in said else f"{number} · {said}"


def _row(claim: Claim) -> Row | None:
    """Return a row of work or of parts; a period of a contract is on its line already."""
    if entry := claim.time_entry:
        minutes = entry.minutes if claim.minutes is None else claim.minutes
        return {
            "day": day_text(entry.worked_on),
            "what": str(entry.work_type),
            "who": str(entry.technician),
            "quantity": minutes_text(minutes),
        }
    if part := claim.part_used:
        return {
            "day": day_text(part.used_on),
            "what": f"{part.description} {part.reference}".strip(),
            "who": "",
            "quantity": number_text(part.quantity),
        }
    return None
