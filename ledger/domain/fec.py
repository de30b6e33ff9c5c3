"""The file of entries that French tax auditors ask for (LPF, article A47 A-1).

Eighteen fields in the order of the law, one line for each line of an entry, in the order in which
entries were validated. The text is ASCII, which is one of the character sets that the law names
and which every program reads: letters lose their accents.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
_NO_ACCENT = str.maketrans(
    {
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l",
        "Ł": "L", "đ": "d", "Đ": "D", "\u0131": "i", "€": "EUR", "’": "'", "\u2018": "'", "“": '"',
        "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "°": "o",
    }
)  # fmt: skip


class FecLine(NamedTuple):
    """A line of an entry with all that the file says of it."""

    journal: str
    journal_name: str
    number: int
    day: date
    account: str
    account_name: str
    client_code: str
    client_name: str
    piece: str
    piece_on: date
    text: str
    debit: Decimal
    credit: Decimal
    validated_on: date
    foreign: Decimal | None = None
    currency: str = ""


class SirenMissing(ValueError):
    """The company has no SIREN, by which the file is named."""


def file_name(registration_number: str, last_day: date) -> str:
    """Return the name of the file: SIREN, FEC, and the last day of the fiscal year.

    :raises SirenMissing: the number does not begin with the nine digits of a SIREN
    """
    siren = "".join(registration_number.split())[:9]
    if len(siren) != 9 or not siren.isdecimal():  # noqa: PLR2004  (a SIREN has nine digits)
        raise SirenMissing(registration_number)
    return f"{siren}FEC{last_day:%Y%m%d}.txt"


def rows(lines: Iterable[FecLine]) -> Iterator[str]:
    """Return the rows of the file, its titles first."""
    yield "\t".join(COLUMNS) + "\r\n"
    for line in lines:
        yield "\t".join(_fields(line)) + "\r\n"


def _fields(line: FecLine) -> tuple[str, ...]:
    return (
        line.journal,
        plain(line.journal_name),
        str(line.number),
        f"{line.day:%Y%m%d}",
        line.account,
        plain(line.account_name),
        plain(line.client_code),
        plain(line.client_name),
        plain(line.piece),
        f"{line.piece_on:%Y%m%d}",
        plain(line.text),
        amount(line.debit),
        amount(line.credit),
        "",
        "",
        f"{line.validated_on:%Y%m%d}",
        "" if line.foreign is None else amount(line.foreign),
        "" if line.foreign is None else line.currency,
    )


def amount(value: Decimal) -> str:
    """Write an amount with a decimal comma and two places, without separators of thousands."""
    return f"{value:.2f}".replace(".", ",")


def plain(text: str) -> str:
    """Write a text in ASCII on one line, without what separates fields."""
    letters = unicodedata.normalize("NFKD", text.translate(_NO_ACCENT))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.encode("ascii", "replace").decode().replace("|", " ").split())
