"""Making the key by which archives of a legal entity are signed."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from clients.models import LegalEntity
from core.secret_box import seal
from ledger.models import ArchiveKey


@transaction.atomic(durable=True)
def make_archive_key(*, entity_id: int, is_another: bool = False) -> ArchiveKey:
    """Return the key that signs; the first one is made now, a later one where another is wanted."""
    entity = LegalEntity.objects.select_for_update(no_key=True).get(pk=entity_id)
    known = ArchiveKey.objects.filter(legal_entity=entity).first()
    if known is not None and not is_another:
        return known
    private = Ed25519PrivateKey.generate()
    return ArchiveKey.objects.create(
        legal_entity=entity,
        public_key=private.public_key().public_bytes_raw().hex(),
        sealed_key=seal(private.private_bytes_raw().hex()),
    )
