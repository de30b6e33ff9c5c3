"""Migrations are one line of named steps in every room."""

import re

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.sources import ROOMS

NAMED = re.compile(r"\d{4}_[a-z0-9_]+")


def _steps(room: str) -> list[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(name for app, name in loader.disk_migrations if app == room)


@pytest.mark.parametrize("room", ROOMS)
def test_every_step_has_a_number_and_a_name_of_its_own(room: str) -> None:
    steps = _steps(room)
    numbers = [name[:4] for name in steps]

    assert all(NAMED.fullmatch(name) and "_auto_" not in name for name in steps)
    assert numbers == [f"{place:04}" for place in range(1, len(steps) + 1)]


@pytest.mark.parametrize("room", ROOMS)
def test_every_step_follows_the_one_before(room: str) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    own = {name: one for (app, name), one in loader.disk_migrations.items() if app == room}
    before = {
        name: sorted(parent for app, parent in one.dependencies if app == room)
        for name, one in own.items()
    }

    steps = sorted(own)
    expected = {name: steps[place - 1 : place] if place else [] for place, name in enumerate(steps)}

    assert before == expected


@pytest.mark.django_db
def test_no_step_waits_to_be_taken() -> None:
    loader = MigrationLoader(connection)

    assert set(loader.disk_migrations) - set(loader.applied_migrations) == set()
