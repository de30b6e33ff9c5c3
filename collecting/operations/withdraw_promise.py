"""Letting a promise to pay count no more."""

from datetime import datetime

from django.db import transaction

from collecting.models import PaymentPromise


@transaction.atomic(durable=True)
def withdraw_promise(*, promise_id: int, now: datetime) -> PaymentPromise:
    """Take a promise back, entered by mistake or revoked; reminders go on without it."""
    promise = PaymentPromise.objects.select_for_update().get(pk=promise_id)
    if promise.withdrawn_at is None:
        promise.withdrawn_at = now
        promise.save(update_fields=["withdrawn_at"])
    return promise
