"""Packing the next file of a bundle whose documents are made."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import file_digest

from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from billing.models import BundleFile, BundleItem, BundleState, ItemState, PdfBundle
from billing.packing import PackedFile, next_file
from billing.wording import firm_language
from clients.models import LegalEntity

KEPT_FOR = timedelta(days=7)


class Written(File):  # type: ignore[type-arg]  # generic in the stubs only
    """A file on the disk that its storage may take as it is."""

    def temporary_file_path(self) -> str:
        """Return where it lies."""
        return str(self.name)


@transaction.atomic(durable=True)
def pack_file(*, bundle_id: int, now: datetime) -> bool:
    """Pack the next file; return whether more are to be packed.

    One file is one transaction: a worker that dies costs one file, and the next writes it over.
    """
    making = PdfBundle.objects.filter(pk=bundle_id, state=BundleState.MAKING)
    bundle = making.select_for_update(skip_locked=True, of=("self",)).first()
    if bundle is None or bundle.items.filter(state=ItemState.WAITING).exists():
        return False
    try:
        with transaction.atomic(), _next(bundle) as packed:
            if packed is not None:
                _keep(bundle, packed)
                return True
    except Exception as error:  # noqa: BLE001  (whatever fails is told on the bundle's page)
        _finish(bundle, now, str(error) or type(error).__name__)
    else:
        is_empty = not bundle.files.exists()
        _finish(bundle, now, _("None of the documents could be made.") if is_empty else "")
    return False


@contextmanager
def _next(bundle: PdfBundle) -> Iterator[PackedFile | None]:
    language = firm_language(LegalEntity.objects.current())
    with translation.override(language), next_file(bundle) as packed:
        yield packed


def _finish(bundle: PdfBundle, now: datetime, fault: str) -> None:
    bundle.state = BundleState.FAILED if fault else BundleState.READY
    bundle.fault, bundle.finished_at, bundle.expires_at = fault, now, now + KEPT_FOR
    bundle.save(update_fields=["state", "fault", "finished_at", "expires_at"])


def _keep(bundle: PdfBundle, packed: PackedFile) -> None:
    size = packed.path.stat().st_size
    with packed.path.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    row = BundleFile(
        bundle=bundle, position=packed.position, name=packed.name, size=size, sha256=digest
    )
    stored_as = f"bundles/{bundle.pk}/{packed.name}"
    row.file.storage.delete(stored_as)  # of a worker that died before it told
    with packed.path.open("rb") as content:
        row.file.save(packed.name, Written(content, str(packed.path)), save=False)
    row.save()
    for item_id, fault in packed.lost.items():
        BundleItem.objects.filter(pk=item_id).update(state=ItemState.FAILED, fault=fault)
