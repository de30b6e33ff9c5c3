"""Packing kept PDFs: a ZIP with an index, and files for printing; never more than one in memory."""

import csv
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pypdf import PdfWriter
from pypdf.errors import PyPdfError

from billing.models import BundleContents, BundleItem, InvoiceDocument, ItemState, PdfBundle
from core.listing.cells import exported

PIECES_TO_PRINT = 2  # in one file: two hundred documents, some four hundred pages
ROWS_AT_ONCE = 200
INDEX = "index.csv"
OLDEST_YEAR = 1980  # that a ZIP can write


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file just written, its place among those of the bundle, and what could not be put in."""

    position: int
    name: str
    path: Path
    lost: dict[int, str] = field(default_factory=dict)


@contextmanager
def next_file(bundle: PdfBundle) -> Iterator[PackedFile | None]:
    """Write the first file that the bundle has not got yet; None when it has all."""
    have = set(bundle.files.values_list("position", flat=True))
    missing = [place for place in _places(bundle) if place not in have]
    if not missing:
        yield None
        return
    name = _name(bundle, missing[0])
    # On the disk that will keep it: moving it there takes no room and no time.
    folder = settings.MEDIA_ROOT / "packing" / str(bundle.pk)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    packed = PackedFile(missing[0], name, folder / name)
    write = _write_zip if packed.position == 0 else _write_print
    try:
        write(bundle, packed)
        yield packed
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _places(bundle: PdfBundle) -> list[int]:
    """Return the places of the bundle's files: 0 is the ZIP, from 1 on they are for printing."""
    made = bundle.items.filter(state=ItemState.MADE).order_by("piece")
    pieces = made.values_list("piece", flat=True).distinct()
    prints = sorted({piece // PIECES_TO_PRINT + 1 for piece in pieces})
    places = [] if bundle.contents == BundleContents.PRINT or not prints else [0]
    return places if bundle.contents == BundleContents.EACH else [*places, *prints]


def _name(bundle: PdfBundle, place: int) -> str:
    base = f"{bundle.month:%Y-%m}" if bundle.month else slugify(str(bundle))
    return f"{base}.zip" if place == 0 else f"{base}-{slugify(_('to print'))}-{place}.pdf"


def _write_zip(bundle: PdfBundle, packed: PackedFile) -> None:
    index = StringIO()
    rows = csv.writer(index, delimiter=";")
    heads = (_("Number"), _("Date"), _("Client"), _("Currency"), _("Total"))
    rows.writerow([*heads, _("File"), "SHA-256", _("Not in here because")])
    names: set[str] = set()
    with ZipFile(packed.path, "w") as archive:
        for item, document in _documents(bundle):
            name, fault = _free_name(item, names), item.fault
            try:
                _add(archive, name, item, document)
            except FileNotFoundError as error:
                fault = packed.lost[item.pk] = str(error)
            rows.writerow(_indexed(item, document, name, fault))
        archive.writestr(INDEX, "\ufeff" + index.getvalue(), compress_type=ZIP_DEFLATED)


def _add(archive: ZipFile, name: str, item: BundleItem, document: InvoiceDocument | None) -> None:
    """Copy a document's file as it is kept, to the byte."""
    if document is None:
        return
    day = item.invoice.issued_on
    dated = (day.year, day.month, day.day, 0, 0, 0) if day else (OLDEST_YEAR, 1, 1, 0, 0, 0)
    with document.file.open("rb") as kept, archive.open(ZipInfo(name, dated), "w") as copy:
        shutil.copyfileobj(kept, copy)


def _indexed(
    item: BundleItem, document: InvoiceDocument | None, name: str, fault: str
) -> list[str]:
    invoice = item.invoice
    is_in = document is not None and not fault
    return [
        str(exported(value))
        for value in (
            invoice.number,
            invoice.issued_on,
            invoice.buyer.get("name", ""),
            invoice.currency,
            -invoice.total if invoice.is_credit_note else invoice.total,
            name if is_in else "",
            document.sha256 if document and is_in else "",
            fault,
        )
    ]


def _free_name(item: BundleItem, names: set[str]) -> str:
    """Return what a document is called: its number; two firms may have given the same one."""
    number = item.invoice.number.replace("/", "-")
    name, again = f"{number}.pdf", 1
    while name in names:
        again += 1
        name = f"{number}-{again}.pdf"
    names.add(name)
    return name


def _write_print(bundle: PdfBundle, packed: PackedFile) -> None:
    first = (packed.position - 1) * PIECES_TO_PRINT
    pages = PdfWriter()
    for item, document in _documents(bundle, range(first, first + PIECES_TO_PRINT)):
        try:
            if document is not None:
                pages.append(document.file.path, import_outline=False)
        except (FileNotFoundError, PyPdfError) as error:
            packed.lost[item.pk] = str(error)
    pages.write(packed.path)
    pages.close()


def _documents(
    bundle: PdfBundle, pieces: range | None = None
) -> Iterator[tuple[BundleItem, InvoiceDocument | None]]:
    """Return the bundle's documents in order, each with its kept file if it could be made."""
    rows = bundle.items.select_related("invoice").order_by("pk")
    if pieces is not None:
        rows = rows.filter(piece__in=pieces)
    for some in _chunks(rows.iterator(chunk_size=ROWS_AT_ONCE)):
        wanted = [item.invoice_id for item in some if item.state == ItemState.MADE]
        kept = InvoiceDocument.objects.filter(invoice__in=wanted, kind="pdf")
        found = {document.invoice_id: document for document in kept}
        for item in some:
            yield item, found.get(item.invoice_id)


def _chunks(items: Iterable[BundleItem]) -> Iterator[list[BundleItem]]:
    rest = iter(items)
    while some := list(islice(rest, ROWS_AT_ONCE)):
        yield some
