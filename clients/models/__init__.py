"""The parties."""

from clients.models.asset import Asset
from clients.models.client import Client
from clients.models.contact import Contact, PortalScope
from clients.models.legal_entity import LegalEntity
from clients.models.site import Site

__all__ = ["Asset", "Client", "Contact", "LegalEntity", "PortalScope", "Site"]
