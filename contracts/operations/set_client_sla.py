"""Say which service level counts for a client whose contracts name none."""

from django.db import transaction

from contracts.events import tell_promises_changed
from contracts.models import ClientSLA


@transaction.atomic(durable=True)
def set_client_sla(*, client_id: int, policy_id: int | None) -> ClientSLA | None:
    """Let the service level count for the client's tickets; none: what the board promises."""
    tell_promises_changed(client_id)
    if policy_id is None:
        ClientSLA.objects.filter(client=client_id).delete()
        return None
    values = {"policy_id": policy_id}
    found, _is_new = ClientSLA.objects.update_or_create(client_id=client_id, defaults=values)
    return found
