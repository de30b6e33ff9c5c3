"""Keeping that the books were taken out as a file."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from accounts.models import User
from billing.models import Export
from billing.operations._journal import lock_journal, seal_export


@dataclass(frozen=True)
class ExportedFile:
    """A file as it leaves the product, by its name, its lines and its SHA-256."""

    kind: str
    starts_on: date
    last_day_on: date
    name: str
    line_count: int
    sha256: str

    @staticmethod
    def digest_of(content: bytes) -> str:
        """Return the SHA-256 of a file that fits into memory."""
        return sha256(content).hexdigest()


@transaction.atomic(durable=True)
def record_export(*, entity_id: int, file: ExportedFile, actor: User | None) -> Export:
    """Write down that a file of the books left the product, and link it to the chain."""
    entity = lock_journal(entity_id)
    export = Export.objects.create(
        legal_entity=entity,
        kind=file.kind,
        starts_on=file.starts_on,
        last_day_on=file.last_day_on,
        file_name=file.name,
        line_count=file.line_count,
        sha256=file.sha256,
        recorded_by=actor,
    )
    seal_export(entity, export)
    return export
