"""Doing something for real and taking it back: what a change would cause, found by making it.

The rehearsal runs in a transaction that never commits. Operations inside it behave as ever, their
own transactions become steps of the one that is rolled back, and whatever they would do after the
commit does not happen.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection, transaction

Seen = TypeVar("Seen")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Rehearsed(Generic[Seen, Done]):
    """What was seen before and after, and what the act itself returned."""

    before: Seen
    result: Done
    after: Seen


def rehearse(act: Callable[[], Done], look: Callable[[], Seen]) -> Rehearsed[Seen, Done]:
    """Look, act, look again, and leave everything as it was."""
    with _never_committed():
        before = look()
        result = act()
        return Rehearsed(before, result, look())


@contextmanager
def _never_committed() -> Iterator[None]:
    if connection.in_atomic_block:
        yield from _back_to_savepoint()
        return
    transaction.set_autocommit(autocommit=False)
    # As within a block of a transaction: what is to happen after the commit is kept, then dropped
    # with the rollback, and the transactions of operations become savepoints.
    connection.in_atomic_block = connection.commit_on_exit = True
    try:
        yield
    finally:
        connection.in_atomic_block = connection.needs_rollback = False
        transaction.rollback()
        transaction.set_autocommit(autocommit=True)


def _back_to_savepoint() -> Iterator[None]:
    """Take back only what was done since; whoever opened the transaction goes on in it."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)
