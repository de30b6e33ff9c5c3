"""Checks that rooms above this one add, since nothing here may know of them."""

from collections.abc import Callable, Iterator

from billing.queries.books.finding import Check

_ADDED: list[Callable[[], Check]] = []


def add_check(check: Callable[[], Check]) -> None:
    """Let the books be verified with this as well, once however often it is asked for."""
    if check not in _ADDED:
        _ADDED.append(check)


def checks_of_rooms() -> Iterator[Check]:
    """Yield what the rooms above have added, as it is done."""
    for check in _ADDED:
        yield check()
