"""Reading a spreadsheet that somebody uploads: CSV as it comes, or XLSX."""

import csv
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 100
SEPARATORS = ";,\t|"


class SheetUnreadable(Exception):
    """The file is not a table that can be read."""


@dataclass(frozen=True)
class Sheet:
    """A table of texts: the head, and the rows with the line on which each stands in the file."""

    head: list[str]
    rows: list[tuple[int, list[str]]]

    def sample(self, column: int) -> str:
        """Return the first text that stands in a column."""
        return next((cells[column] for _line, cells in self.rows if cells[column]), "")


def read_sheet(content: bytes, name: str) -> Sheet:
    """Return the table that a file holds.

    :raises SheetUnreadable: it is too large, empty, or not a table at all
    """
    if len(content) > MAX_BYTES:
        raise SheetUnreadable(_("The file is larger than 5 MB. Split it and import the parts."))
    is_workbook = content.startswith(b"PK") or name.lower().endswith((".xlsx", ".xlsm"))
    table = _read_workbook(content) if is_workbook else _read_csv(content)
    filled = [(line, cells) for line, cells in table if any(cells)]
    if len(filled) < 2:  # noqa: PLR2004  (a head and a row)
        raise SheetUnreadable(
            _("The file needs a first line with the names of the columns, and rows below it.")
        )
    if len(filled) > MAX_ROWS + 1:
        raise SheetUnreadable(
            _("The file has more than %(most)s rows. Split it and import the parts.")
            % {"most": MAX_ROWS}
        )
    head = filled[0][1]
    width = min(max(len(cells) for _line, cells in filled), MAX_COLUMNS)
    rows = [(line, (cells + [""] * width)[:width]) for line, cells in filled[1:]]
    return Sheet((head + [""] * width)[:width], rows)


def decode(content: bytes) -> str:
    """Return the text of a file written by a spreadsheet of any age."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            break
    return content.decode("cp1252", errors="replace")


def guess_separator(text: str) -> str:
    """Return the sign that parts the columns of the first line that has any."""
    for line in text.splitlines()[:5]:
        counts = {sign: line.count(sign) for sign in SEPARATORS}
        if any(counts.values()):
            return max(SEPARATORS, key=lambda sign: counts[sign])
    return ";"


def _read_csv(content: bytes) -> list[tuple[int, list[str]]]:
    text = decode(content)
    if "\0" in text:
        raise SheetUnreadable(_("This is not a text file. Save it as CSV or XLSX."))
    reader = csv.reader(StringIO(text, newline=""), delimiter=guess_separator(text))
    try:
        return [(reader.line_num, [_text(cell) for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise SheetUnreadable(
            _("Line %(line)s cannot be read: %(reason)s")
            % {"line": reader.line_num, "reason": error}
        ) from error


def _read_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise SheetUnreadable(_("The workbook is too large once unpacked."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        found = []
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            if line > 2 * MAX_ROWS:
                break
            found.append((line, [_text(cell) for cell in cells[:MAX_COLUMNS]]))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise SheetUnreadable(_("This is not a workbook that can be read.")) from error
    return found


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "".join(sign for sign in str(cell) if sign >= " " or sign == "\n").strip()
