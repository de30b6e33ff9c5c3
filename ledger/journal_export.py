"""Taking the journal out for another accounting program: all of a span, or a reason."""

import csv
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from billing.models import ExportKind
from billing.operations.record_export import ExportedFile, record_export
from clients.models import LegalEntity
from ledger.domain.fec import plain
from ledger.domain.layouts import JournalEntry, Program, files_of, misfits, rows_of, titles_of
from ledger.exporting import IN_MEMORY, ExportRefused, Taken, digest_of_file
from ledger.posting import bring_up_to_date
from ledger.queries.journal_lines import accounts_in, entries_in
from ledger.queries.sources import has_unposted
from ledger.queries.vat_sources import Span
from ledger.queries.waiting import reasons_to_wait

TITLES: dict[Program, str | Promise] = {
    Program.QUICKBOOKS: "QuickBooks Online",
    Program.XERO: "Xero",
    Program.SAGE: "Sage 50",
}
FAULTS: dict[str, str | Promise] = {
    "same_name": gettext_lazy(
        "The accounts %(what)s have the same name, by which QuickBooks tells them apart; "
        "rename one in the chart of accounts."
    ),
    "long_number": gettext_lazy("Account %(what)s has more digits than the program takes."),
}
NO_TAX = "Tax Exempt"


@dataclass(frozen=True)
class Wanted:
    """What is to be taken out: for which program, of which days."""

    program: Program
    span: Span
    tax_name: str = NO_TAX


def export_journal(
    *, entity: LegalEntity, wanted: Wanted, today: date, actor: User | None
) -> Taken:
    """Write the entries of a span for another program, and keep that they were taken out.

    :raises ExportRefused: nothing is booked in it, something of it waits to be booked, or the
        program would not take all of it
    """
    bring_up_to_date(entity, today)
    accounts = accounts_in(entity, wanted.span)
    reasons = _reasons(entity, wanted, accounts)
    if reasons:
        raise ExportRefused(" ".join(reasons))
    first, last = wanted.span
    with ExitStack() as unless_handed_on:
        content: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by the stack)
        unless_handed_on.callback(content.close)
        count, suffix = _write(content, entity, wanted)
        name = f"{wanted.program}-{first:%Y%m%d}-{last:%Y%m%d}.{suffix}"
        digest = digest_of_file(content)
        file = ExportedFile(ExportKind.ENTRIES, first, last, name, count, digest)
        export = record_export(entity_id=entity.pk, file=file, actor=actor)
        unless_handed_on.pop_all()
        return Taken(export, content)


def _reasons(entity: LegalEntity, wanted: Wanted, accounts: list[tuple[str, str]]) -> list[str]:
    if has_unposted(entity.pk, wanted.span.until):
        waiting = reasons_to_wait(entity)
        return [_("Something through the last day is not in the books yet."), *waiting]
    if not accounts:
        return [_("Nothing is booked in these days.")]
    return [FAULTS[fault] % {"what": what} for fault, what in misfits(wanted.program, accounts)]


def _write(content: IO[bytes], entity: LegalEntity, wanted: Wanted) -> tuple[int, str]:
    """Write one file, or a ZIP of several where the program takes no more lines in one."""
    entries = (
        rows_of(wanted.program, _whole(entry), wanted.tax_name)
        for entry in entries_in(entity, wanted.span)
    )
    files = files_of(wanted.program, entries)
    first = next(files)
    second = next(files, None)
    if second is None:
        content.write(_csv(wanted.program, first))
        return len(first), "csv"
    count = 0
    with ZipFile(content, "w", ZIP_DEFLATED) as pack:
        for at, rows in enumerate(chain([first, second], files), start=1):
            pack.writestr(f"{wanted.program}-{at:03d}.csv", _csv(wanted.program, rows))
            count += len(rows)
    return count, "zip"


def _whole(entry: JournalEntry) -> JournalEntry:
    """Return the entry, which has to balance wherever it goes."""
    if sum(line.amount for line in entry.lines):
        raise ExportRefused(_("Entry %(entry)s does not balance.") % {"entry": entry.name})
    return entry


def _csv(program: Program, rows: list[list[str]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([titles_of(program), *rows])
    if program != Program.SAGE:
        return text.getvalue().encode()
    # Sage 50 reads the letters of Windows; one that it lacks is written without its accent.
    return b"".join(_windows(letter) for letter in text.getvalue())


def _windows(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return plain(letter).encode("ascii")
