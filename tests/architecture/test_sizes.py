"""Everything is small enough to be read at once."""

from pathlib import Path
from statistics import median

from tests.architecture.sources import (
    code_files,
    functions_of,
    length_of,
    name_of,
    product_files,
    templates,
    tracked_files,
    tree_of,
)

LONGEST_FUNCTION = 40
LONGEST_TEST = 30
LONGEST_FILE = 350
LONGEST_TEMPLATE = 150
TYPICAL_FUNCTION = 8


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_function_is_longer_than_forty_lines() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name} ({length_of(node)})"
        for path in product_files()
        for node in functions_of(tree_of(path))
        if length_of(node) > LONGEST_FUNCTION
    ]

    assert too_long == []


def test_the_typical_function_has_eight_lines_at_most() -> None:
    lengths = [length_of(node) for path in product_files() for node in functions_of(tree_of(path))]

    assert median(lengths) <= TYPICAL_FUNCTION


def test_no_test_is_longer_than_thirty_lines() -> None:
    tests = [path for path in tracked_files() if path.name.startswith("test_")]
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name} ({length_of(node)})"
        for path in tests
        for node in functions_of(tree_of(path))
        if node.name.startswith("test_") and length_of(node) > LONGEST_TEST
    ]

    assert too_long == []


def test_no_file_is_longer_than_350_lines() -> None:
    too_long = [name_of(path) for path in code_files() if _lines(path) > LONGEST_FILE]

    assert too_long == []


def test_no_template_is_longer_than_150_lines() -> None:
    too_long = [name_of(path) for path in templates() if _lines(path) > LONGEST_TEMPLATE]

    assert too_long == []
