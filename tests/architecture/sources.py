"""The project's own files, as the guards read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = (
    "core", "accounts", "clients", "catalog", "contracts", "tickets", "billing",
    "collecting", "ledger", "payments", "portal", "dashboards", "psa",
)  # fmt: skip


@lru_cache
def tracked_files() -> list[Path]:
    """Return the files that belong to the project: those git knows and those it does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    found = (CHECKOUT / name for name in listed.stdout.splitlines())
    return [path for path in found if path.is_file()]


def code_files(*parts: str) -> list[Path]:
    """Return the rooms' Python files, without migrations; only those below ``parts`` if given."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py"
        and path.relative_to(CHECKOUT).parts[0] in ROOMS
        and "migrations" not in path.parts
        and (not parts or set(parts) & {*path.parts, path.name})
    ]


def product_files(*parts: str) -> list[Path]:
    """Return the rooms' Python files without their tests."""
    return [path for path in code_files(*parts) if "tests" not in path.parts]


def templates() -> list[Path]:
    """Return the templates of pages."""
    folder = CHECKOUT / "templates"
    return [path for path in tracked_files() if path.suffix == ".html" and folder in path.parents]


def name_of(path: Path) -> str:
    """Return a file's name as a person says it."""
    return str(path.relative_to(CHECKOUT))


@lru_cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, its decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
