"""Set-up: what it refuses, and what it does not do twice."""

import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from psa.env import CHECKOUT


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    path = CHECKOUT / "scripts" / "install.py"
    described = importlib.util.spec_from_file_location("install", path)
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMPS", tmp_path / "setup.json")
    monkeypatch.setattr(module, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(module, "CHECKOUT", tmp_path)
    return module


def test_an_old_python_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (2, 7, 18))

    with pytest.raises(SystemExit) as refused:
        runpy.run_path(str(CHECKOUT / "scripts" / "setup.py"))

    assert refused.value.code == (
        f"Fixpoint needs Python 3.11 or later, but {sys.executable} is 2.7.18; "
        "name another one, for example with `make run PYTHON=python3.12`."
    )


@pytest.mark.parametrize(
    "last_words",
    [
        "npm error code EAI_AGAIN",
        "  Caused by: dns error",
        "[Errno -3] Temporary failure in name resolution",
    ],
)
def test_no_network_is_one_clear_sentence(install: ModuleType, last_words: str) -> None:
    with pytest.raises(install.NotConnected) as refused:
        install.run("Python packages", sys.executable, "-c", f"raise SystemExit({last_words!r})")

    assert str(refused.value) == (
        "This machine cannot reach the place that packages come from; connect it to the internet "
        "and run the same command again (more in setup.log)."
    )


def test_another_failure_tells_its_reason(install: ModuleType) -> None:
    failing = "print('Resolving'); raise SystemExit('error: no space left on device')"

    with pytest.raises(install.SetupProblem) as refused:
        install.run("Python packages", sys.executable, "-c", failing)

    assert str(refused.value) == (
        "Python packages could not be installed: error: no space left on device (more in setup.log)"
    )


def test_a_step_is_repeated_only_when_its_inputs_change(
    install: ModuleType, tmp_path: Path
) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("django==5.2", encoding="utf-8")
    install.mark_done("packages", [wanted])

    before = install.is_done("packages", [wanted])
    wanted.write_text("django==5.3", encoding="utf-8")

    assert before
    assert not install.is_done("packages", [wanted])


def test_a_node_that_is_too_old_is_not_used(
    install: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho v16.20.0\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    installed: list[str] = []
    monkeypatch.setattr(install, "install_packages", lambda name, _: installed.append(name))

    npm = install.find_npm()

    assert (npm, installed) == ([install.BIN / "npm"], ["scripts/tools/node.txt"])


def test_no_locked_list_names_an_index_or_a_folder_of_this_machine() -> None:
    lists = [*CHECKOUT.glob("requirements*.txt"), *CHECKOUT.glob("scripts/tools/*.txt")]

    text = "".join(path.read_text(encoding="utf-8") for path in lists)

    assert len(lists) == 5
    assert "://" not in text
    assert "index-url" not in text
    assert " /" not in text


def test_make_alone_lists_what_can_be_asked_for() -> None:
    make = shutil.which("make") or "make"

    # Under `make test` the variables of the outer make would change what the inner one prints.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(
        [make], cwd=CHECKOUT, env=kept, capture_output=True, text=True, check=True
    )

    named = [line.split()[1] for line in said.stdout.splitlines()]
    assert named == [
        *("help", "setup", "run", "test", "torture", "check", "bench", "lock", "clean"),
    ]
