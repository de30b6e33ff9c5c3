"""The books."""

from ledger.models.account import Account, AccountPurpose, AccountRule, Book
from ledger.models.archive import ArchiveKey
from ledger.models.entry import (
    Entry,
    EntryLine,
    EntrySeal,
    Journal,
    PostedAllocation,
    RevenuePart,
)

__all__ = [
    "Account",
    "AccountPurpose",
    "AccountRule",
    "ArchiveKey",
    "Book",
    "Entry",
    "EntryLine",
    "EntrySeal",
    "Journal",
    "PostedAllocation",
    "RevenuePart",
]
