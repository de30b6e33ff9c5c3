"""``manage.py bill``: what it prints, and what it says when it cannot."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from billing.models import BillingRun, Invoice
from billing.tests.firm import APRIL, busy_client, open_firm
from clients.tests.factories import ClientFactory
from contracts.tests.factories import ContractLineFactory
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def bill(*arguments: str) -> str:
    out = StringIO()
    call_command("bill", "--as-of", APRIL.isoformat(), *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_json_is_exactly_the_agreed_object() -> None:
    open_firm()
    busy_client(code="BUSY", language="en")
    ClientFactory.create(code="IDLE")
    busy_client(code="HELD", currency="USD")

    result = json.loads(bill("--json"))

    held = result.pop("held")
    assert [set(one) for one in held] == [{"client", "reason"}]
    assert (held[0]["client"], "USD" in held[0]["reason"]) == ("HELD", True)
    [invoice] = result.pop("invoices")
    lines = invoice.pop("lines")
    run = BillingRun.objects.get().pk
    assert result == {"as_of": "2026-04-01", "run": run, "nothing_due": ["IDLE"]}
    assert invoice == {
        "client": "BUSY",
        "number": None,
        "currency": "EUR",
        "net": "364.99",
        "tax": "73.00",
        "total": "437.99",
    }
    assert [line["kind"] for line in lines] == ["recurring", "time", "part"]


def test_lines_name_their_days_quantities_and_prices_as_text() -> None:
    open_firm()
    client = busy_client(language="en")
    number = Ticket.objects.get(client=client).number

    care, work, cable = json.loads(bill("--json"))["invoices"][0]["lines"]

    assert care == {
        "kind": "recurring",
        "description": "Workstation care – April 2026",
        "from": "2026-04-01",
        "to": "2026-04-30",
        "quantity": "12",
        "unit_price": "24.90",
        "net": "298.80",
        "tax_rate": "20.00",
    }
    assert work["description"] == f"{number} Laptop does not start: Remote, 10 Mar 2026"
    assert (work["quantity"], work["unit_price"], work["net"]) == ("0.75", "84.00", "63.00")
    assert (cable["quantity"], cable["unit_price"], cable["net"]) == ("91", "0.035", "3.19")


def test_a_piece_of_a_month_names_its_last_day_inclusive() -> None:
    open_firm()
    ContractLineFactory.create(
        contract__starts_on=date(2026, 3, 5), last_day_on=date(2026, 3, 19), contract__name="Care"
    )

    [line] = json.loads(bill("--json"))["invoices"][0]["lines"]

    # 10 x 25.00 x 15/31 = 120.97
    assert (line["from"], line["to"]) == ("2026-03-05", "2026-03-19")
    assert (line["quantity"], line["unit_price"], line["net"]) == ("1", "120.97", "120.97")


def test_issuing_prints_the_numbers() -> None:
    open_firm()
    busy_client()

    [invoice] = json.loads(bill("--json", "--issue"))["invoices"]

    assert invoice["number"] == Invoice.objects.get().number != ""


def test_a_table_for_people_ends_with_the_counts() -> None:
    open_firm()
    busy_client(code="BUSY")
    ClientFactory.create()

    lines = bill().splitlines()

    assert lines[0].split() == ["BUSY", "draft", "364.99", "73.00", "437.99", "EUR"]
    assert lines[-1] == ("As of 2026-04-01: 1 billed, 1 with nothing due, 0 held.")


def test_some_clients_are_named_by_their_codes() -> None:
    open_firm()
    busy_client(code="ONE")
    busy_client(code="TWO")

    result = json.loads(bill("--json", "--client", "TWO"))

    assert [invoice["client"] for invoice in result["invoices"]] == ["TWO"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as-of", "2026-02-30"], "--as-of needs a day such as 2026-04-01, not “2026-02-30”."),
        (["--as-of", "demain"], "--as-of needs a day such as 2026-04-01, not “demain”."),
        (["--as-of", "2026-04-01", "--client", "X"], "No client has the code X."),
        (["--as-of", "2026-04-01"], "The firm has not been set up"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence.split(",", maxsplit=1)[0]):
        call_command("bill", *arguments)

    assert not BillingRun.objects.exists()
