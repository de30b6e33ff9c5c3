"""A bank's CSV, read by the mapping that was said for the account."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from billing.domain.statement import (
    MOST_LINES,
    Statement,
    StatementLine,
    UnreadableStatement,
    identified,
)
from billing.domain.written_money import money_from

Cells = Mapping[str, str]


@dataclass(frozen=True)
class CsvMapping:
    """How a bank writes its CSV: separators, days, and the title of each column.

    Money stands in one column with a sign, or in one for what came and one for what left.
    """

    delimiter: str
    decimal: str
    day_format: str
    day: str
    amount: str = ""
    credit: str = ""
    debit: str = ""
    text: str = ""
    name: str = ""
    iban: str = ""
    reference: str = ""


def read_csv(content: bytes, mapping: CsvMapping, currency: str) -> Statement:
    """Read the lines below the titles; lines above them, and empty ones, are passed over.

    :raises UnreadableStatement: a column is missing, or a line has no day or amount
    """
    rows = _rows(content, mapping)
    lines = [_line(cells, place, mapping, currency) for place, cells in rows]
    return Statement("csv", "", identified(lines))


def _rows(content: bytes, mapping: CsvMapping) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(_decoded(content).splitlines(), delimiter=mapping.delimiter)
    titles: list[str] | None = None
    wanted = [mapping.day, mapping.amount, mapping.credit, mapping.debit]
    wanted += [mapping.text, mapping.name, mapping.iban, mapping.reference]
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if titles is None:
                titles = cells if mapping.day in cells else None
                missing = [one for one in wanted if one and titles and one not in titles]
                if missing:
                    raise UnreadableStatement("column", reader.line_num, missing[0])
            elif any(cells):
                yield reader.line_num, dict(zip(titles, cells, strict=False))
            if reader.line_num > MOST_LINES:
                raise UnreadableStatement("too_long", reader.line_num)
    except csv.Error:
        raise UnreadableStatement("csv", reader.line_num) from None
    if titles is None:
        raise UnreadableStatement("column", 1, mapping.day)


def _decoded(content: bytes) -> str:
    """Return the text; what no database can hold is left out of it."""
    charsets = ("utf-16",) if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ()
    for charset in (*charsets, "utf-8-sig", "cp1252"):
        try:
            return content.decode(charset).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\0", "")


def _line(cells: Cells, place: int, mapping: CsvMapping, currency: str) -> StatementLine:
    return StatementLine(
        booked_on=_day(cells.get(mapping.day, ""), place, mapping.day_format),
        amount=_amount(cells, place, mapping),
        currency=currency,
        name=cells.get(mapping.name, ""),
        iban=cells.get(mapping.iban, "").replace(" ", ""),
        text=cells.get(mapping.text, ""),
        bank_reference=cells.get(mapping.reference, ""),
    )


def _day(written: str, place: int, day_format: str) -> date:
    try:
        return datetime.strptime(written, day_format).date()  # noqa: DTZ007  (a day, no moment)
    except ValueError:
        raise UnreadableStatement("day", place, written) from None


def _amount(cells: Cells, place: int, mapping: CsvMapping) -> Decimal:
    if mapping.amount:
        return _money(cells.get(mapping.amount, ""), place, mapping)
    came, left = cells.get(mapping.credit, ""), cells.get(mapping.debit, "")
    if came and not left:
        return abs(_money(came, place, mapping))
    if left and not came:
        return -abs(_money(left, place, mapping))
    both = [_money(one, place, mapping) for one in (came, left) if one]
    if len(both) == 2 and 0 in both:  # noqa: PLR2004  (came and left)
        return abs(both[0]) if both[0] else -abs(both[1])
    raise UnreadableStatement("amount", place, came or left)


def _money(written: str, place: int, mapping: CsvMapping) -> Decimal:
    return money_from(written, place, mapping.decimal)
