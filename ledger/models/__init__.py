"""The books."""

from ledger.models.account import Account, AccountPurpose, AccountRule, Book
from ledger.models.entry import (
    Entry,
    EntryLine,
    Journal,
    PostedAllocation,
    RevenuePart,
)

__all__ = [
    "Account",
    "AccountPurpose",
    "AccountRule",
    "Book",
    "Entry",
    "EntryLine",
    "Journal",
    "PostedAllocation",
    "RevenuePart",
]
