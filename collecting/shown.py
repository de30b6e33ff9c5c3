"""A dispute as both sides see it: the line with its evidence, what was said, what is disputed."""

from typing import Any

from django.forms import BaseForm

from billing.models import Charge, Invoice
from billing.queries.lines import charges_with_evidence, line_of
from collecting.models import Dispute
from collecting.queries.disputed import disputed_amounts, line_with_tax


def dispute_shown(dispute: Dispute) -> dict[str, Any]:
    """Return what the pages of a dispute show, on the desk and in the portal."""
    invoice = Invoice.objects.filter(pk=dispute.invoice_id).prefetch_related(
        charges_with_evidence()
    )
    line = next(one for one in invoice[0].charges.all() if one.pk == dispute.line_id)
    return {
        "dispute": dispute,
        "invoice": dispute.invoice,
        "line": line_of(line),
        "left": line_with_tax(line),
        "left_net": line.amount - _credited(line),
        "held_back": disputed_amounts([dispute.invoice_id]).get(dispute.invoice_id),
        "said": dispute.messages.select_related("author").order_by("written_at", "pk"),
    }


def unsent_of(form: BaseForm | None) -> str:
    """Return what somebody wrote in a form that was refused, so that it can be copied."""
    said = form.data if form else {}
    return str(said.get("body") or said.get("answer") or "")


def _credited(line: Charge) -> Any:  # noqa: ANN401  (a sum of amounts, or 0)
    return sum(line.credited_by.values_list("amount", flat=True))
