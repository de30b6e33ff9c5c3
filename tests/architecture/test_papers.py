"""Nothing secret and nothing of one machine is in the project."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import CHECKOUT, name_of, tracked_files

TEXT = frozenset(
    {".py", ".html", ".txt", ".md", ".toml", ".ini", ".yml", ".yaml", ".json", ".js", ".css",
     ".sh", ".in", ".po", ".csv", ".example", ".cfg", ".typ", ""}
)  # fmt: skip
# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "a private key": "-----BEGIN " + r"[A-Z ]*PRIVATE KEY-----",
    "a cloud key": r"\bAKIA" + r"[0-9A-Z]{16}\b",
    "a token of a code host": r"\b(ghp|gho|glpat|xox[abp])" + r"[_-][0-9A-Za-z-]{16,}",
    "a password in an address": r"[a-z]+://[^\s:/@{}<>\"']+:(?!password\b|secret\b|\*)"
    r"[^\s@/{}<>$\"']{6,}@[a-z]",
    "an address of a package index": "--(extra-)?index" + "-url|\"resol" + "ved\": \"http",
    "a path of one machine": "(?<![\\w.])/(wo" + "rk|ro" + "ot|ho" + r"me/[a-z]+)/\w",
}  # fmt: skip


def _texts() -> list[Path]:
    return [path for path in tracked_files() if path.suffix in TEXT and path.stat().st_size < 10**6]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_there_is_no(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name_of(path)}:{number}"
        for path in _texts()
        for number, line in enumerate(_lines(path), start=1)
        if pattern.search(line)
    ]

    assert found == []


def test_settings_are_read_in_one_place() -> None:
    readers = [
        name_of(path)
        for path in (CHECKOUT / "psa" / "settings").glob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8")
    ]

    assert readers == []
