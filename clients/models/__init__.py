"""The parties."""

from clients.models.asset import Asset, AssetKind
from clients.models.client import Client, ClientKind, InvoiceGrouping, LowHoursReaders
from clients.models.contact import Contact, PortalScope
from clients.models.legal_entity import CREDIT_NOTE_PREFIX, LegalEntity, PlatformKind
from clients.models.mandate import Mandate, MandateEnd, MandateScheme
from clients.models.purchase_order import PurchaseOrder
from clients.models.site import Site

__all__ = [
    "CREDIT_NOTE_PREFIX",
    "Asset",
    "AssetKind",
    "Client",
    "ClientKind",
    "Contact",
    "InvoiceGrouping",
    "LegalEntity",
    "LowHoursReaders",
    "Mandate",
    "MandateEnd",
    "MandateScheme",
    "PlatformKind",
    "PortalScope",
    "PurchaseOrder",
    "Site",
]
