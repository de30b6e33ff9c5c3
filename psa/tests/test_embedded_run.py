"""`make run` from beginning to end, for an empty firm."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from psa.embedded.locks import wait_for
from psa.env import CHECKOUT
from psa.tests.embedded_support import open_folder, servers_of

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as found:
        yield found


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        number: int = found.getsockname()[1]
    return number


@pytest.fixture
def app(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    servers = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PSA_PUBLIC_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in servers}
    with subprocess.Popen(
        [sys.executable, "-m", "psa.embedded.run"],
        cwd=CHECKOUT,
        env={**kept, "PSA_DATA_DIR": str(folder), "PSA_PORT": str(port), "DEMO": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.terminate()


def test_an_empty_firm_starts_serves_and_stops_without_a_trace(
    app: "subprocess.Popen[str]", folder: Path, port: int
) -> None:
    said = read_until(app, "Ctrl-C stops everything")

    link = re.search(rf"http://127\.0\.0\.1:{port}(/setup/link/\S+)", said)
    assert link is not None
    assert status_of(port, link.group(1)) in {200, 302}
    assert status_of(port, "/") == 302
    assert "celery worker" in children_of(folder)
    assert "celery beat" in children_of(folder)
    app.send_signal(signal.SIGINT)
    app.communicate(timeout=40)
    assert app.returncode == 0
    assert wait_for(lambda: not servers_of(folder) and not children_of(folder), 10)


def read_until(app: "subprocess.Popen[str]", words: str) -> str:
    assert app.stdout is not None
    said = ""
    for line in app.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def status_of(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path)
    status = line.getresponse().status
    line.close()
    return status


def children_of(folder: Path) -> str:
    """What runs on behalf of the app in that folder."""
    mark = f"PSA_SUPERVISED_BY={folder}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return "\n".join(found).replace("-A psa.celery --workdir " + str(CHECKOUT) + " ", "")
