"""Verifying the books on a live database: one pass, flat memory, every check with its count."""

from collections.abc import Iterator

from billing.queries.books.conservation import check_conservation
from billing.queries.books.documents import check_documents
from billing.queries.books.finding import Check
from billing.queries.books.histories import check_histories
from billing.queries.books.hours import check_hours
from billing.queries.books.money import check_money
from billing.queries.books.ownership import check_ownership
from billing.queries.books.rooms import checks_of_rooms
from billing.queries.books.uniqueness import check_evidence_once, check_series

__all__ = ["Check", "check_books"]


def check_books() -> Iterator[Check]:
    """Yield the checks in order as they are done.

    The caller holds one snapshot of the database, so that the checks agree with each other while
    people go on working.
    """
    arithmetic, chain = check_documents()
    yield arithmetic
    yield check_evidence_once()
    yield check_series()
    yield chain
    yield check_money()
    yield from checks_of_rooms()
    yield check_hours()
    yield check_conservation()
    yield check_ownership()
    yield check_histories()
