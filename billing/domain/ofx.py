"""OFX, the statement of many banks' web sites: 1.x, which is SGML without ends, and 2.x, XML.

Both are read as a row of tags, each with the words that follow it; entities of a document type are
never looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape

from billing.domain.statement import (
    Statement,
    StatementLine,
    UnreadableStatement,
    amount_from,
    identified,
)

TAG = re.compile(r"<(/?[A-Z0-9.]+)>([^<\r\n]*)", re.IGNORECASE)
DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
CHARSETS = {"1252": "cp1252", "8859-1": "latin-1", "ISO-8859-1": "latin-1"}


@dataclass(frozen=True)
class _Tag:
    """A tag in capitals, what follows it, and the line it is in."""

    name: str
    value: str
    line: int


def read_ofx(content: bytes) -> Statement:
    """Read all transactions of a file.

    :raises UnreadableStatement: it is no such file, or a transaction lacks its day or amount
    """
    text = _decoded(content)
    tags = list(_tags(text))
    if not any(tag.name == "OFX" for tag in tags):
        raise UnreadableStatement("not_ofx")
    first = {tag.name: tag.value for tag in reversed(tags)}
    currency = first.get("CURDEF", "").upper()
    lines = [_line(fields, place, currency) for place, fields in _transactions(tags)]
    return Statement("ofx", first.get("ACCTID", "").replace(" ", ""), identified(lines))


def _decoded(content: bytes) -> str:
    head = content[:1000].decode("latin-1").upper()
    named = re.search(r"CHARSET:\s*([\w-]+)", head)
    is_utf8 = "ENCODING:UTF-8" in head or "ENCODING:UNICODE" in head or "<?XML" in head
    charset = "utf-8" if is_utf8 or not named else CHARSETS.get(named[1], "utf-8")
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _tags(text: str) -> Iterator[_Tag]:
    line, at = 1, 0
    for found in TAG.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield _Tag(found[1].upper(), unescape(found[2]).strip(), line)


def _transactions(tags: list[_Tag]) -> Iterator[tuple[int, dict[str, str]]]:
    place = 0
    fields: dict[str, str] | None = None
    for tag in tags:
        if tag.name == "STMTTRN":
            place, fields = tag.line, {}
        elif tag.name == "/STMTTRN" and fields is not None:
            yield place, fields
            fields = None
        elif fields is not None and not tag.name.startswith("/"):
            fields.setdefault(tag.name, tag.value)
    if fields is not None:
        raise UnreadableStatement("cut_off", place)


def _line(fields: dict[str, str], place: int, currency: str) -> StatementLine:
    amount = amount_from(fields.get("TRNAMT", ""), place)
    said = (fields.get("MEMO", ""), fields.get("CHECKNUM", ""), fields.get("REFNUM", ""))
    return StatementLine(
        booked_on=_day(fields.get("DTPOSTED", ""), place),
        amount=amount,
        currency=fields.get("CURRENCY", "") or currency,
        name=fields.get("NAME", ""),
        iban=fields.get("BANKACCTTO", ""),
        text=" ".join(part for part in said if part),
        bank_reference=fields.get("FITID", ""),
    )


def _day(written: str, place: int) -> date:
    found = DAY.match(written)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else _no_day()
    except ValueError:
        raise UnreadableStatement("day", place, written) from None


def _no_day() -> date:
    raise ValueError("no day")
