"""Taking in an electronic invoice that a supplier sent, with the file's own bytes."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import User
from billing.einvoice.received import Party, Received, read_invoice
from billing.models import SupplierInvoice
from clients.models import LegalEntity

_SIREN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file; ``is_new`` is false where the same bytes were received before."""

    invoice: SupplierInvoice
    is_new: bool


@transaction.atomic(durable=True)
def receive_supplier_invoice(*, file_name: str, content: bytes, actor: User | None) -> Taken:
    """Read the file and keep it; the same file twice is kept once, also when sent at once.

    :raises NotReadable: it is no electronic invoice that can be read
    """
    digest = sha256(content).hexdigest()
    known = SupplierInvoice.objects.filter(sha256=digest).first()
    if known:
        return Taken(known, is_new=False)
    invoice = _row_of(read_invoice(content))
    invoice.file_name = Path(file_name).name[:200]
    invoice.sha256, invoice.received_by = digest, actor
    kind = ".pdf" if content.lstrip()[:5] == b"%PDF-" else ".xml"
    try:
        with transaction.atomic():
            # The row first: of two that send the same, one waits here and keeps no file.
            invoice.file.name = invoice.file.field.generate_filename(invoice, digest + kind)
            invoice.save()
    except IntegrityError:
        return Taken(SupplierInvoice.objects.get(sha256=digest), is_new=False)
    _keep(invoice, content)
    return Taken(invoice, is_new=True)


def _keep(invoice: SupplierInvoice, content: bytes) -> None:
    """Write the bytes; a file of that name is left of a try that failed and says the same."""
    storage = invoice.file.storage
    name = str(invoice.file.name)
    if storage.exists(name):
        storage.delete(name)
    storage.save(name, ContentFile(content))


def _row_of(read: Received) -> SupplierInvoice:
    return SupplierInvoice(
        number=read.number[:120],
        type_code=read.type_code[:3],
        supplier=read.supplier.name[:200],
        supplier_registration=read.supplier.registration[:40],
        supplier_vat_number=read.supplier.vat_number[:40],
        buyer=read.buyer.name[:200],
        is_for_us=any(_is(entity, read.buyer) for entity in LegalEntity.objects.all()),
        issued_on=read.issued_on,
        due_on=read.due_on,
        currency=read.currency,
        net=read.net,
        tax=read.tax,
        total=read.total,
        due=read.due,
        lines=[asdict(line) for line in read.lines],
        syntax=read.syntax.value,
    )


def _is(entity: LegalEntity, buyer: Party) -> bool:
    """Return whether the buyer is the firm: by its numbers, by its name where there are none."""
    if buyer.vat_number and entity.vat_number:
        return _compact(buyer.vat_number) == _compact(entity.vat_number)
    if buyer.registration and entity.registration_number:
        ours = _compact(entity.registration_number)[:_SIREN_DIGITS]
        return _compact(buyer.registration)[:_SIREN_DIGITS] == ours
    return buyer.name.casefold() == entity.name.casefold()


def _compact(number: str) -> str:
    return "".join(sign for sign in number if sign.isalnum()).upper()
