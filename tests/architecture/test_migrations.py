"""Migrations are one line of named steps in every room, and the short way ends where they do."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests.architecture.sources import ROOMS

NAMED = re.compile(r"\d{4}_[a-z0-9_]+")

# What these do to rows has nothing to do in a database that begins empty.
MOVES_ROWS_ONLY = {
    ("billing", "0016_fill_figures_of_outcomes"),
    ("billing", "0023_seal_payments"),
    ("ledger", "0002_rates_of_billing"),
    ("ledger", "0004_seal_what_is_booked"),
    ("tickets", "0005_categories_move"),
}


def _on_disk(room: str) -> dict[str, Migration]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {name: one for (app, name), one in loader.disk_migrations.items() if app == room}


def _steps(room: str) -> list[str]:
    return sorted(name for name, one in _on_disk(room).items() if not one.replaces)


@pytest.mark.parametrize("room", ROOMS)
def test_every_step_has_a_number_and_a_name_of_its_own(room: str) -> None:
    steps = _steps(room)
    numbers = [name[:4] for name in steps]

    assert all(NAMED.fullmatch(name) and "_auto_" not in name for name in steps)
    assert numbers == [f"{place:04}" for place in range(1, len(steps) + 1)]


@pytest.mark.parametrize("room", ROOMS)
def test_every_step_follows_the_one_before(room: str) -> None:
    steps = _steps(room)
    own = _on_disk(room)
    before = {
        name: sorted(parent for app, parent in own[name].dependencies if app == room)
        for name in steps
    }

    expected = {name: steps[place - 1 : place] if place else [] for place, name in enumerate(steps)}

    assert before == expected


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_made_at_once_leaves_out_no_statement_of_its_steps(room: str) -> None:
    own = _on_disk(room)
    for whole in (one for one in own.values() if one.replaces):
        by_hand = {
            id(operation): step
            for step in whole.replaces
            for operation in own[step[1]].operations
            if isinstance(operation, RunSQL | RunPython)
        }
        done = {id(operation) for operation in whole.operations}

        left_out = {step for operation, step in by_hand.items() if operation not in done}
        assert left_out <= MOVES_ROWS_ONLY


def test_the_short_way_and_the_long_way_end_in_the_same_models() -> None:
    short = MigrationLoader(None, ignore_no_migrations=True)
    long = MigrationLoader(None, replace_migrations=False)
    ends = [node for node in long.graph.leaf_nodes() if not long.get_migration(*node).replaces]
    one, other = short.project_state(), long.project_state(ends)

    assert len(one.models) > len(ROOMS)
    assert MigrationAutodetector(one, other).changes(short.graph) == {}
    assert MigrationAutodetector(other, one).changes(short.graph) == {}


@pytest.mark.django_db
def test_no_step_waits_to_be_taken() -> None:
    loader = MigrationLoader(connection)

    assert set(loader.disk_migrations) - set(loader.applied_migrations) == set()


@pytest.mark.django_db
def test_the_database_has_every_index_and_constraint_that_models_declare() -> None:
    """Whatever a step does to an index by hand or on the side, none may be lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class UNION SELECT conname FROM pg_constraint")
        present = {name for (name,) in cursor.fetchall()}

    declared = {
        one.name
        for model in apps.get_models()
        for one in (*model._meta.indexes, *model._meta.constraints)
    }
    assert len(declared) > 100
    assert declared - present == set()
