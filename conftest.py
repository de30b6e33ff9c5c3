"""What every test gets: a database of its own, no network, a random order, a browser if wanted."""

import os

import pytest
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "tests.plugins.beginnings",
    "tests.plugins.browser",
    "tests.plugins.cast",
    "tests.plugins.databases",
    "tests.plugins.judge",
    "tests.plugins.language",
    "tests.plugins.network",
    "tests.plugins.order",
    "tests.plugins.processes",
]

hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def django_db_setup(test_database_number: int) -> None:
    """Use the suite's own databases instead of pytest-django's."""
