"""The ways in which electronic invoices reach an approved platform."""

from django.conf import settings

from billing.einvoice.platforms.folder import FolderDrop
from billing.einvoice.platforms.platform import Platform
from clients.models import LegalEntity, PlatformKind


def platform_of(entity: LegalEntity) -> Platform | None:
    """Return the way that the firm has chosen, None where it hands nothing over."""
    if entity.platform == PlatformKind.FOLDER:
        return FolderDrop(settings.EINVOICE_FOLDER / str(entity.pk))
    return None
