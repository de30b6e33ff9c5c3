"""Who the journeys are made by: a page in which somebody has signed in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client as Browser

from accounts.models import User
from catalog.tests.factories import FirmRateCardFactory, TaxRateFactory
from clients.models import LegalEntity
from clients.tests.factories import LegalEntityFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

PageOf = Callable[[User], "Page"]


@pytest.fixture
def firm(transactional_db: None) -> LegalEntity:
    """The firm with its rates and taxes, in a database that the browser's server sees too."""
    entity: LegalEntity = LegalEntityFactory.create()
    TaxRateFactory.create()
    FirmRateCardFactory.create()
    return entity


@pytest.fixture
def page_of(page: "Page", live_server: Any, sign_in: Callable[[User], Browser]) -> PageOf:
    """Return the journey's page with this person signed in."""

    def open_page(person: User) -> "Page":
        session = sign_in(person).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": live_server.url}]
        )
        return page

    return open_page
