"""What waits for a person: clients that are parked, evidence that a run left out."""

from collections.abc import Iterable

from billing.models import ClientHold


def parked(client_ids: Iterable[int]) -> dict[int, str]:
    """Return the clients whom somebody has parked, with the reason."""
    holds = ClientHold.objects.filter(client__one_of=client_ids, released_at=None)
    return dict(holds.values_list("client_id", "reason"))
