"""A write is one function in a file of its name."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import name_of, product_files, tree_of

# Run inside the transaction of a migration.
NOT_ALONE = frozenset({"psa/operations/sync_roles.py", "tickets/operations/set_up_desk.py"})


def _operations() -> list[Path]:
    return [
        path
        for path in product_files("operations")
        if path.parent.name == "operations" and not path.name.startswith("_")
    ]


def _public(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


each_operation = pytest.mark.parametrize("path", _operations(), ids=name_of)


@each_operation
def test_the_file_is_named_after_its_one_function(path: Path) -> None:
    assert [node.name for node in _public(path)] == [path.stem]


@each_operation
def test_everything_it_takes_is_named(path: Path) -> None:
    taken = [argument.arg for node in _public(path) for argument in node.args.args]

    assert taken == []
    assert "request" not in [one.arg for node in _public(path) for one in node.args.kwonlyargs]


@each_operation
def test_it_is_a_transaction_of_its_own(path: Path) -> None:
    decorators = [ast.unparse(one) for node in _public(path) for one in node.decorator_list]

    assert name_of(path) in NOT_ALONE or "transaction.atomic(durable=True)" in decorators
