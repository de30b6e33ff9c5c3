"""Set-up: what it refuses, and what it does not do twice."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from psa.env import CHECKOUT


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    described = importlib.util.spec_from_file_location("setup", CHECKOUT / "scripts" / "setup.py")
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMPS", tmp_path / "setup.json")
    monkeypatch.setattr(module, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(module, "CHECKOUT", tmp_path)
    return module


def test_an_old_python_is_one_clear_sentence(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup.sys, "version_info", (3, 9, 2))

    status = setup.main([])

    assert status == 1
    assert capsys.readouterr().err.strip() == (
        f"Fixpoint needs Python 3.11 or later, but {sys.executable} is 3.9.2; "
        "name another one, for example with `make run PYTHON=python3.12`."
    )


def test_a_failing_step_tells_its_reason_and_what_to_do(setup: ModuleType, tmp_path: Path) -> None:
    failing = "print('Resolving'); raise SystemExit('error: no route to the index')"

    with pytest.raises(setup.SetupProblem) as refused:
        setup.run("Python packages", sys.executable, "-c", failing)

    assert str(refused.value) == (
        "Python packages: could not be installed; if this machine is not connected to the "
        "internet, connect it and run the same command again. The last word was: "
        "error: no route to the index (all of it in setup.log)"
    )


def test_a_step_is_repeated_only_when_its_inputs_change(setup: ModuleType, tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("django==5.2", encoding="utf-8")
    setup.mark_done("packages", [wanted])

    before = setup.is_done("packages", [wanted])
    wanted.write_text("django==5.3", encoding="utf-8")

    assert before
    assert not setup.is_done("packages", [wanted])


def test_a_node_that_is_too_old_is_not_used(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho v16.20.0\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    installed: list[str] = []
    monkeypatch.setattr(setup, "install_packages", lambda name, _: installed.append(name))

    npm = setup.find_npm()

    assert (npm, installed) == ([setup.BIN / "npm"], ["scripts/tools/node.txt"])


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
    assert named == ["help", "setup", "run", "test", "check", "bench", "lock", "clean"]
