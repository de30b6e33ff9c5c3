"""The official rules of electronic invoices, loaded once for all tests that ask them."""

from collections.abc import Iterator

import pytest

from billing.einvoice.rules import Judge, open_judge


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    """Return the rule engine."""
    with open_judge() as engine:
        yield engine
