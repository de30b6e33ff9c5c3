"""The step that hands one document over to the platform."""

from django.utils.translation import gettext as _

from billing.einvoice.cii import cii_of
from billing.einvoice.files import EMBEDDED_NAME
from billing.einvoice.missing import NotElectronic
from billing.einvoice.platforms import platform_of
from billing.einvoice.platforms.platform import Parcel
from billing.einvoice.reading import electronic
from billing.models import Invoice, InvoiceDocument, PlatformEvent, PlatformStatus
from core.outbox import Undeliverable


def deposit(invoice: Invoice, document: InvoiceDocument) -> None:
    """Hand the document over, as Factur-X where its PDF carries it, else as CII.

    :raises Undeliverable: machines cannot read it, or the firm hands nothing over any more
    """
    platform = platform_of(invoice.legal_entity)
    if platform is None:
        raise Undeliverable(_("The firm hands nothing over to a platform any more."))
    receipt = platform.deposit(_parcel(invoice, document))
    if receipt.taken_on:
        PlatformEvent.objects.get_or_create(
            invoice=invoice,
            status=PlatformStatus.DEPOSITED,
            defaults={"happened_on": receipt.taken_on, "reason": receipt.reference},
        )


def _parcel(invoice: Invoice, document: InvoiceDocument) -> Parcel:
    with document.file.open("rb") as file:
        pdf = bytes(file.read())
    if EMBEDDED_NAME.encode() in pdf:  # its metadata, which are not compressed, name the XML
        return Parcel(f"{invoice.number}.pdf", pdf)
    try:
        return Parcel(f"{invoice.number}.xml", cii_of(electronic(invoice)))
    except NotElectronic as lack:
        raise Undeliverable(str(lack)) from lack
