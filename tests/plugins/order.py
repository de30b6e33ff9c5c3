"""Another order of tests in every session, the same in all its processes."""

import os
import random
from itertools import groupby

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Fix the session's seed: the one asked for, else a new one that all processes share."""
    asked = os.environ.setdefault("PSA_TEST_SEED", str(random.randrange(1_000_000)))  # noqa: S311  (an order, not a secret)
    config.stash[SEED] = int(asked)


def pytest_report_header(config: pytest.Config) -> str:
    """Tell how to repeat this order."""
    return f"order of tests: PSA_TEST_SEED={config.stash[SEED]}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the files, and the tests within each file."""
    dice = random.Random(config.stash[SEED])  # noqa: S311  (a game, not a secret)
    files = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    dice.shuffle(files)
    for group in files:
        dice.shuffle(group)
    items[:] = [item for group in files for item in group]


SEED = pytest.StashKey[int]()
