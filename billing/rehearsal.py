"""Doing something for real and taking it back: what a change would cause, found by making it.

The rehearsal runs in a transaction that never commits. Operations inside it behave as ever, their
own transactions become steps of the one that is rolled back, and whatever they would do after the
commit does not happen.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

Seen = TypeVar("Seen")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Rehearsed(Generic[Seen, Done]):
    """What was seen before and after, and what the act itself returned."""

    before: Seen
    result: Done
    after: Seen


def rehearse(act: Callable[[], Done], look: Callable[[], Seen]) -> Rehearsed[Seen, Done]:
    """Look, act, look again, and leave everything as it was.

    :raises django.db.transaction.TransactionManagementError: called inside a transaction
    """
    with _never_committed():
        before = look()
        result = act()
        return Rehearsed(before, result, look())


@contextmanager
def _never_committed() -> Iterator[None]:
    transaction.set_autocommit(autocommit=False)
    try:
        yield
    finally:
        transaction.rollback()
        transaction.set_autocommit(autocommit=True)
