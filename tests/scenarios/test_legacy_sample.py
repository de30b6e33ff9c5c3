"""The sample export, imported and billed: every client to the cent, against a second reckoning."""

import json
from collections import defaultdict
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.scenarios.legacy_reference import expected_bills
from tests.scenarios.made_up_export import write_export

SAMPLE = Path(__file__).parents[2] / "samples" / "legacy"
FIRST_OF_APRIL = date(2026, 4, 1)

pytestmark = pytest.mark.django_db


def bill(as_of: date) -> dict[str, Any]:
    out = StringIO()
    call_command("bill", "--as-of", as_of.isoformat(), "--json", stdout=out, stderr=StringIO())
    result: dict[str, Any] = json.loads(out.getvalue())
    return result


def import_sample() -> None:
    call_command("import_legacy", str(SAMPLE), stdout=StringIO())


@pytest.mark.parametrize(
    ("code", "net", "total"),
    [
        ("C003", "1121.67", "1346.00"),
        ("C006", "1858.74", "2230.49"),
        ("C021", "1423.00", "1707.60"),
    ],
)
def test_the_clients_checked_by_hand_owe_what_the_readme_says(
    code: str, net: str, total: str
) -> None:
    import_sample()

    [invoice] = [one for one in bill(FIRST_OF_APRIL)["invoices"] if one["client"] == code]

    assert (invoice["net"], invoice["total"]) == (net, total)


@pytest.mark.parametrize(
    "as_of", [date(2026, 3, 1), date(2026, 3, 16), FIRST_OF_APRIL, date(2026, 5, 1)], ids=str
)
def test_every_client_owes_what_a_second_reckoning_finds(as_of: date) -> None:
    import_sample()

    result = bill(as_of)

    assert result["held"] == []
    assert _as_cents(result) == {
        code: (owed.net, owed.tax, owed.line_counts())
        for code, owed in expected_bills(SAMPLE, as_of).items()
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_exports_made_up_by_chance_agree_as_well(seed: int, tmp_path: Path) -> None:
    write_export(tmp_path, seed)
    call_command("import_legacy", str(tmp_path), stdout=StringIO())

    result = bill(FIRST_OF_APRIL)

    assert result["held"] == []
    assert _as_cents(result) == {
        code: (owed.net, owed.tax, owed.line_counts())
        for code, owed in expected_bills(tmp_path, FIRST_OF_APRIL).items()
    }


def test_billing_again_finds_nothing_more() -> None:
    import_sample()
    bill(FIRST_OF_APRIL)

    again = bill(FIRST_OF_APRIL)

    assert again["invoices"] == []
    assert len(again["nothing_due"]) == 60


def _as_cents(result: dict[str, Any]) -> dict[str, Any]:
    return {one["client"]: _of_invoice(one) for one in result["invoices"]}


def _of_invoice(invoice: dict[str, Any]) -> tuple[int, int, dict[str, list[int]]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for line in invoice["lines"]:
        lines[line["kind"]].append(_cents(line["net"]))
    by_kind = {kind: sorted(amounts) for kind, amounts in lines.items()}
    return _cents(invoice["net"]), _cents(invoice["tax"]), by_kind


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))
