"""What tests of the desk start from: the firm, a ticket, and one moment as now."""

from datetime import UTC, datetime

import pytest

from clients.models import LegalEntity
from clients.tests.factories import LegalEntityFactory
from tickets.models import Ticket
from tickets.tests.factories import TicketFactory

NOW = datetime(2026, 3, 31, 16, tzinfo=UTC)  # 18:00 in Paris


@pytest.fixture
def firm(db: None) -> LegalEntity:
    """The firm, in the zone of Paris."""
    made: LegalEntity = LegalEntityFactory.create()
    return made


@pytest.fixture
def ticket(firm: LegalEntity) -> Ticket:
    """An open ticket that is billed by the hour."""
    made: Ticket = TicketFactory.create()
    return made
