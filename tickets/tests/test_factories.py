"""The rows that tests are built from are valid."""

import pytest
from factory.django import DjangoModelFactory

from tickets.tests import factories

FACTORIES = [
    factories.TicketFactory,
    factories.NoteFactory,
    factories.TimeEntryFactory,
    factories.PartUsedFactory,
    factories.FlatRateItemFactory,
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_a_row_made_for_tests_passes_the_validation_of_its_model(
    factory: type[DjangoModelFactory],
) -> None:
    row = factory.create()

    row.full_clean()
