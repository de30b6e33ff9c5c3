"""Which documents are to be handed over to the platform."""

from billing.models import Invoice, OutboxKind
from clients.models import ClientKind, LegalEntity

FRENCH = ("FR", "MC")


def ids_to_hand_over(entity: LegalEntity, limit: int) -> list[int]:
    """Return the oldest documents to French companies that nobody has put into the outbox yet.

    Private persons and clients abroad are not reached through a platform.
    """
    if not entity.platform or entity.platform_since_on is None:
        return []
    issued = Invoice.objects.issued().filter(
        legal_entity=entity, issued_on__gte=entity.platform_since_on, buyer__country__in=FRENCH
    )
    left = issued.exclude(buyer__kind=ClientKind.PERSON).exclude(
        outbox_messages__kind=OutboxKind.PLATFORM
    )
    return list(left.order_by("issued_on", "pk").values_list("pk", flat=True)[:limit])
