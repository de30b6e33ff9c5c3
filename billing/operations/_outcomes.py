"""Keeping what a run says of a client in step with the drafts that are left of it."""

from django.db.models import Count, Sum
from django.utils import translation

from billing.models import BillingRun, HeldItem, Invoice, Outcome, RunOutcome
from billing.operations._drafting import ClientResult
from billing.wording import firm_language
from clients.models import Client, LegalEntity
from core.money import ZERO


def recount(run: BillingRun | None, client: Client, result: ClientResult | None = None) -> None:
    """Count the run's documents of the client again; ``result`` is what a fresh rating came to."""
    if run is None:
        return
    invoices = Invoice.objects.filter(run=run, client=client)
    found = invoices.aggregate(count=Count("pk"), net=Sum("net"), total=Sum("total"))
    fields: dict[str, object] = {
        "invoice_count": found["count"],
        "net": found["net"] or ZERO,
        "total": found["total"] or ZERO,
        "held_count": HeldItem.objects.filter(run=run, client=client).count(),
    }
    if result is not None:
        outcome = Outcome.DRAFTED if found["count"] else result.outcome
        with translation.override(firm_language(LegalEntity.objects.current())):
            fields |= {"outcome": outcome, "reason": result.reason}
        refusal = result.refusal
        fields |= {
            "hold": refusal.hold if refusal else "",
            "facts": dict(refusal.facts) if refusal else {},
        }
    RunOutcome.objects.filter(run=run, client=client).update(**fields)
