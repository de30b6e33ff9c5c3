"""Taking the books out as a file: written to disk line by line, and kept in the chain."""

from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Export, ExportKind
from billing.operations.record_export import ExportedFile, record_export
from clients.models import LegalEntity
from ledger.domain.fec import SirenMissing, file_name, rows
from ledger.models import Book
from ledger.queries.fiscal_years import days_of, fec_lines, years_of

IN_MEMORY = 5_000_000
CHUNK = 1 << 16


class ExportRefused(Exception):
    """The file cannot be made."""


@dataclass(frozen=True)
class Taken:
    """A file that was made, and what is kept of it."""

    export: Export
    content: IO[bytes]


def export_fec(*, entity: LegalEntity, year: int, actor: User | None) -> Taken:
    """Write the tax auditors' file of a fiscal year, and keep that it was taken out.

    :raises ExportRefused: nothing is booked in that year, or the company has no SIREN
    """
    book = Book.objects.filter(legal_entity=entity).first()
    if book is None or year not in years_of(entity):
        raise ExportRefused(_("Nothing is booked in the fiscal year %(year)s.") % {"year": year})
    first, last = days_of(book, year)
    try:
        name = file_name(entity.registration_number, last)
    except SirenMissing as missing:
        raise ExportRefused(
            _("The file is named by the company's SIREN; enter it in the settings of the firm.")
        ) from missing
    content: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (handed on)
    digest, count = sha256(), 0
    for count, row in enumerate(rows(fec_lines(entity, year))):  # noqa: B007  (the titles are 0)
        line = row.encode("ascii")
        digest.update(line)
        content.write(line)
    content.seek(0)
    file = ExportedFile(ExportKind.FEC, first, last, name, count, digest.hexdigest())
    return Taken(record_export(entity_id=entity.pk, file=file, actor=actor), content)


def digest_of_file(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file, and put it back to its beginning."""
    digest = sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
