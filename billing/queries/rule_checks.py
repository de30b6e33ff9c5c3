"""Which documents wait to be checked against the official rules."""

from datetime import date, timedelta

from billing.models import Invoice, RuleCheck

# What was issued before is checked where a person asks for it.
LOOKED_BACK = timedelta(days=31)


def unchecked_ids(today: date, limit: int) -> list[int]:
    """Return the latest documents of firms that have all checked and that nobody looked at yet."""
    issued = Invoice.objects.issued().filter(
        legal_entity__checks_electronic_invoice=True,
        issued_on__gte=today - LOOKED_BACK,
        rule_checks=None,
    )
    return list(issued.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:limit])


def waiting_check_ids(limit: int) -> list[int]:
    """Return the checks that a worker has still to make, the oldest first."""
    waiting = RuleCheck.objects.waiting().order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:limit])
