"""Trying again what could not be made or packed."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BundleState, ItemState, PdfBundle
from core.doorbell import ring

FAN_OUT = "billing.bundle_tasks.make_bundle"


class BundleNotRetryable(Exception):
    """Nothing of it failed, or its files are gone already."""


@transaction.atomic(durable=True)
def retry_bundle(*, bundle_id: int) -> None:
    """Have the documents that failed made again, and the files packed afresh with them.

    :raises BundleNotRetryable: it is still being made, has expired, or nothing of it failed
    """
    bundle = PdfBundle.objects.select_for_update().get(pk=bundle_id)
    failed = bundle.items.filter(state=ItemState.FAILED)
    if bundle.is_being_made or bundle.is_expired or not (bundle.fault or failed.exists()):
        raise BundleNotRetryable(_("Nothing of this bundle is to be tried again."))
    if PdfBundle.objects.filter(key=bundle.key, state=BundleState.MAKING).exists():
        raise BundleNotRetryable(_("The same documents are being packed in another bundle."))
    failed.update(state=ItemState.WAITING, fault="")
    for file in bundle.files.all():
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))
    bundle.files.all().delete()
    bundle.state, bundle.fault = BundleState.MAKING, ""
    bundle.finished_at = bundle.expires_at = None
    bundle.save(update_fields=["state", "fault", "finished_at", "expires_at"])
    ring(FAN_OUT, bundle_id=bundle.pk)
