"""Throwing away what nobody needs any more: the copies, never the documents themselves."""

from datetime import datetime
from shutil import rmtree

from django.conf import settings
from django.db import transaction

from billing.models import BundleFile, BundleItem, BundleState, PdfBundle


@transaction.atomic(durable=True)
def expire_bundles(*, now: datetime) -> int:
    """Remove the files of bundles whose time is over; return how many bundles that were."""
    over = PdfBundle.objects.filter(expires_at__lte=now).exclude(state=BundleState.EXPIRED)
    ids = list(over.select_for_update(skip_locked=True).values_list("pk", flat=True))
    BundleFile.objects.filter(bundle__in=ids).delete()
    BundleItem.objects.filter(bundle__in=ids).delete()
    PdfBundle.objects.filter(pk__in=ids).update(state=BundleState.EXPIRED)
    transaction.on_commit(lambda: _remove(ids))
    return len(ids)


def _remove(ids: list[int]) -> None:
    for bundle_id in ids:
        rmtree(settings.MEDIA_ROOT / "bundles" / str(bundle_id), ignore_errors=True)
