"""Entries as the journal imports of other accounting programs read them.

*QuickBooks Online*: one row a line, debits and credits apart, accounts by their names, days as
month/day/year; receivable lines name their customer.
https://quickbooks.intuit.com/learn-support/en-au/help-article/import-export-files/import-journal-entries-quickbooks-online/L4tQBwbs7_AU_en_AU

*Xero*: manual journals; rows of the same narration and date are one journal, an amount below
nothing is a credit, at most 300 lines a file. https://help.xero.com/nz/ManualJournalsImport

*Sage 50 Accounts*: audit trail transactions; JD and JC are debit and credit of a journal.
https://pimbrook.ie/knowledge-base/sage-50-audit-trail-import/ (columns: makingithappen.co.uk,
CI/std/audittrans.htm; sizes of reference and details: gb-kb.sage.com, 250321114539860)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from core.money import ZERO

XERO_LINES = 300
XERO_CODE = 10
SAGE_CODE = 8
SAGE_REFERENCE = 30
SAGE_DETAILS = 60
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Program(StrEnum):
    """An accounting program that reads journals."""

    QUICKBOOKS = "quickbooks"
    XERO = "xero"
    SAGE = "sage"


class JournalLine(NamedTuple):
    """An amount on an account: above nothing it is debited, below it is credited."""

    account: str
    account_name: str
    amount: Decimal
    client: str = ""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry with its lines."""

    name: str
    day: date
    piece: str
    text: str
    lines: Sequence[JournalLine]

    def merged(self) -> list[JournalLine]:
        """Return one line for each account and client, without those that come to nothing."""
        sums: dict[tuple[str, str, str], Decimal] = {}
        for account, name, amount, client in self.lines:
            key = (account, name, client)
            sums[key] = sums.get(key, ZERO) + amount
        return [JournalLine(a, n, amount, c) for (a, n, c), amount in sums.items() if amount]


class Misfit(NamedTuple):
    """What a program would not take: which fault, and what has it."""

    fault: str
    what: str


def titles_of(program: Program) -> list[str]:
    """Return the first row of the file."""
    return list(_TITLES[program])


def rows_of(program: Program, entry: JournalEntry, tax_name: str = "") -> list[list[str]]:
    """Return the rows of an entry; ``tax_name`` is what Xero calls its rate of no tax."""
    if program == Program.QUICKBOOKS:
        return [_quickbooks(entry, line) for line in entry.merged()]
    if program == Program.XERO:
        return [_xero(entry, line, tax_name) for line in entry.merged()]
    return [_sage(entry, line) for line in entry.merged()]


def misfits(program: Program, accounts: Iterable[tuple[str, str]]) -> list[Misfit]:
    """Return which accounts, by number and name, the program could not tell or would not take."""
    if program == Program.QUICKBOOKS:
        numbers: dict[str, list[str]] = {}
        for number, name in sorted(set(accounts)):
            numbers.setdefault(" ".join(name.split()).lower(), []).append(number)
        return [Misfit("same_name", ", ".join(some)) for some in numbers.values() if some[1:]]
    longest = XERO_CODE if program == Program.XERO else SAGE_CODE
    numbers_only = sorted({number for number, _name in accounts})
    return [Misfit("long_number", number) for number in numbers_only if len(number) > longest]


def files_of(program: Program, entries: Iterable[list[list[str]]]) -> Iterator[list[list[str]]]:
    """Split rows into files that the program takes; an entry stays whole."""
    rows: list[list[str]] = []
    for entry in entries:
        if program == Program.XERO and rows and len(rows) + len(entry) > XERO_LINES:
            yield rows
            rows = []
        rows.extend(entry)
    if rows:
        yield rows


_TITLES: dict[Program, tuple[str, ...]] = {
    Program.QUICKBOOKS: (
        "Journal No.",
        "Journal Date",
        "Account Name",
        "Debits",
        "Credits",
        "Description",
        "Name",
    ),
    Program.XERO: ("*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"),
    Program.SAGE: (
        "Type",
        "Account Reference",
        "Nominal A/C Ref",
        "Department Code",
        "Date",
        "Reference",
        "Details",
        "Net Amount",
        "Tax Code",
        "Tax Amount",
    ),
}


def _quickbooks(entry: JournalEntry, line: JournalLine) -> list[str]:
    amount = f"{abs(line.amount):.2f}"
    debit, credit = (amount, "") if line.amount > 0 else ("", amount)
    words = _text(f"{entry.text} ({entry.piece})")
    day = f"{entry.day:%m/%d/%Y}"
    return [entry.name, day, _text(line.account_name), debit, credit, words, _text(line.client)]


def _xero(entry: JournalEntry, line: JournalLine, tax_name: str) -> list[str]:
    narration = _text(f"{entry.name} {entry.text}")
    words = _text(" ".join([entry.piece, line.client]).strip())
    day = f"{entry.day:%d/%m/%Y}"
    return [narration, day, words, line.account, _text(tax_name), f"{line.amount:.2f}"]


def _sage(entry: JournalEntry, line: JournalLine) -> list[str]:
    kind = "JD" if line.amount > 0 else "JC"
    words = _text(f"{entry.text} ({entry.piece})")[:SAGE_DETAILS]
    reference, amount = entry.name[:SAGE_REFERENCE], f"{abs(line.amount):.2f}"
    day = f"{entry.day:%d/%m/%Y}"
    return [kind, "", line.account, "", day, reference, words, amount, "T9", "0.00"]


def _text(text: str) -> str:
    """Write a text on one line; a spreadsheet must not take it for a formula."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain
