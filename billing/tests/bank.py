"""A bank account of the firm for tests, and statements read into it."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from billing.models import BankAccount, BankEntry, BankStatement
from billing.operations.import_statement import import_statement
from billing.reading import read_file

FILES = Path(__file__).parent / "statements"
IBAN = "FR7630006000011234567890189"
NOON = datetime(2026, 5, 20, 10, tzinfo=UTC)
MAPPING = {
    "delimiter": ";",
    "decimal": ",",
    "day_format": "%d/%m/%Y",
    "day": "Date",
    "amount": "Montant",
    "text": "Libellé",
    "name": "Nom",
}


def read(account: BankAccount, content: bytes = b"") -> BankStatement:
    """Read a file, or that of 4 May, into the account."""
    written = content or (FILES / "camt_053_02.xml").read_bytes()
    file = read_file("may.xml", written, account)
    return import_statement(account_id=account.pk, file=file, actor=None)


def csv(*rows: str) -> bytes:
    """Return a CSV of these rows."""
    return "\n".join(["Date;Nom;Libellé;Montant", *rows]).encode()


def entry(amount: str) -> BankEntry:
    """Return the line of this amount."""
    return BankEntry.objects.get(amount=Decimal(amount))


def words(answer: Any) -> str:
    """Return what a page says, without line breaks."""
    return " ".join(answer.content.decode().split())
