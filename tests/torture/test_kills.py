"""Runs whose processes are killed in the middle of their work."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from tests.torture import fuse
from tests.torture.conftest import Size, Told
from tests.torture.firm import BILL
from tests.torture.fuse import deaths_in, draw_moments
from tests.torture.processes import Environment, Process, end, kill_leader, terminal, worker
from tests.torture.scene import Scene

pytestmark = pytest.mark.slow


def test_books_are_as_ever_after_processes_of_a_worker_died(
    scenes: Callable[[], Scene], workers: Process, fuses: Path, dice: Random, size: Size, tell: Told
) -> None:
    """The worker itself lives on, finds that its processes are gone, and takes new ones."""
    deaths = 30 if size.is_whole else 6
    before = len(deaths_in(fuses))
    fuse.lay(fuses, draw_moments(dice, deaths))

    while len(deaths_in(fuses)) < before + deaths:
        scene = scenes()
        scene.start_run()
        scene.wait_until_finished()
        scene.wait_for_quiet()
        scene.assert_as_undisturbed()

    died_in = Counter(deaths_in(fuses)[before:])
    tell(f"{deaths} processes killed, the worker alive: {dict(died_in)}")
    assert {"bill_batch", "issue_invoices"} <= set(died_in)


@pytest.mark.rounds(1, 10)
def test_books_are_as_ever_after_a_whole_worker_was_killed(
    scene: Scene, own_queue: Environment, tmp_path: Path, dice: Random, size: Size, tell: Told
) -> None:
    """Now all its processes die, as when the power fails, now only the one that leads them."""
    log, kills = tmp_path / "worker.log", 0
    environment = {**scene.environment, **own_queue}
    scene.start_run()
    moments = sorted(scene.moment_of_a_run() for _ in range(3 if size.is_whole else 1))

    with ExitStack() as started:
        for moment in moments:
            process = started.enter_context(worker(environment, log, processes=2))
            if scene.wait_for(moment):
                kills += 1
                dice.choice([end, kill_leader])(process)
        started.enter_context(worker(environment, log, processes=2))
        scene.wait_until_finished()

    tell(f"{kills} whole workers killed")
    assert kills
    scene.assert_as_undisturbed()


@pytest.mark.rounds(1, 10)
def test_books_are_as_ever_after_billing_in_a_terminal_was_killed(
    scene: Scene, environment: Environment, fuses: Path, tmp_path: Path, dice: Random, tell: Told
) -> None:
    scene.start_run(is_handed_out=False)
    before = len(deaths_in(fuses))
    fuse.lay(fuses, dice.sample(draw_moments(dice, 5), 1))

    ended = 1
    while ended:
        with terminal(environment, tmp_path / "terminal.log", *BILL) as process:
            ended = process.wait()

    died_in = deaths_in(fuses)[before:]
    tell(f"billing in a terminal killed in {died_in}")
    assert len(died_in) == 1
    scene.assert_as_undisturbed()
