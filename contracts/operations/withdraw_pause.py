"""Take a pause back."""

from django.db import transaction

from contracts.models import Contract
from contracts.operations._pauses import lock_pause


@transaction.atomic(durable=True)
def withdraw_pause(*, pause_id: int) -> Contract:
    """Delete a pause as if it had never been agreed; its days are billed by the next run."""
    pause = lock_pause(pause_id)
    pause.delete()
    return pause.contract
