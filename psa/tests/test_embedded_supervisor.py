"""The supervisor: order, starting again, stopping everything; and what `make run` refuses."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from psa.embedded.locks import Lock, wait_for
from psa.embedded.paths import Place
from psa.embedded.supervisor import end_leftovers
from psa.env import CHECKOUT
from psa.tests.embedded_support import is_gone

pytestmark = pytest.mark.slow


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "psa.tests.supervised", str(tmp_path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()
        end_leftovers(str(tmp_path))


def processes_of(folder: Path, name: str) -> list[int]:
    return [int(number) for number in (folder / name).read_text(encoding="ascii").split()]


@pytest.mark.usefixtures("supervisor")
def test_a_program_that_dies_is_started_again_and_what_it_left_is_ended(tmp_path: Path) -> None:
    leader, child = processes_of(tmp_path, "first")

    os.kill(leader, signal.SIGKILL)

    assert wait_for(lambda: processes_of(tmp_path, "first") != [leader, child], 10)
    assert wait_for(lambda: is_gone(child), 5)


def test_asked_to_stop_it_stops_everything(
    supervisor: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    running = [*processes_of(tmp_path, "first"), *processes_of(tmp_path, "second")]

    supervisor.terminate()

    assert supervisor.wait(15) == 0
    assert all(is_gone(process_id) for process_id in running)


def test_programs_do_not_outlive_a_killed_supervisor(
    supervisor: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    leaders = [processes_of(tmp_path, name)[0] for name in ("first", "second")]

    supervisor.kill()

    assert wait_for(lambda: all(is_gone(leader) for leader in leaders), 5)


def test_the_next_start_ends_what_a_killed_supervisor_left(
    supervisor: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    children = [processes_of(tmp_path, name)[1] for name in ("first", "second")]
    supervisor.kill()
    supervisor.wait()

    end_leftovers(str(tmp_path))

    assert all(is_gone(child) for child in children)


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run_app(tmp_path, PSA_PORT=str(port))

    assert said.returncode == 1
    assert said.stderr.strip() == (
        f"Port {port} cannot be used (Address already in use); choose another, for example with "
        f"`make run PSA_PORT={port + 1}`."
    )


def test_a_second_run_from_the_same_folder_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.prepare()
    first = Lock(place.locks("app").keeper)
    first.take(alone=True)

    said = run_app(tmp_path)

    first.let_go()
    assert said.returncode == 1
    assert said.stderr.strip().startswith(f"Fixpoint is already running from {tmp_path}")


def test_a_wrong_setting_is_one_clear_sentence(tmp_path: Path) -> None:
    said = run_app(tmp_path, PSA_PORT="eighty")

    assert said.returncode == 1
    assert said.stderr.strip() == "PSA_PORT must be a whole number from 1 up, not 'eighty'."


def run_app(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "psa.embedded.run"],
        cwd=CHECKOUT,
        env={**os.environ, "PSA_DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
