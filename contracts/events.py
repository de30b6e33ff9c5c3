"""What happens to contracts that rooms above may want to hear of, told after the commit."""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

# Business hours, service levels, or who has which of them: due times may be others now.
promises_changed = Signal()


def tell_promises_changed(*client_ids: int) -> None:
    """Tell, once this transaction has committed, that other times may be promised now.

    To these clients only, if any are named; else to everybody.
    """
    transaction.on_commit(
        partial(promises_changed.send_robust, sender=None, client_ids=list(client_ids))
    )
