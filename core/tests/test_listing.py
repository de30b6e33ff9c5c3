"""Lists: what the address asks for is what is shown, added up and exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from core.listing import Column, Listing
from core.models import KeptMail


@dataclass(frozen=True)
class Bill:
    """A row in memory."""

    number: str
    client: str
    due: date | None
    amount: Decimal
    currency: str = "EUR"


BILLS = [
    Bill("F-1", "Roux & Fils", date(2026, 3, 1), Decimal("10.50")),
    Bill("F-2", "Mairie", None, Decimal("20.25")),
    Bill("F-3", "Mairie", date(2026, 1, 1), Decimal("5.00"), "CHF"),
]
LISTING = Listing[Bill](
    name="bills",
    columns=[
        Column("number", "Number", sort=True),
        Column("client", "Client", sort=True),
        Column("due", "Due", kind="day", sort=True),
        Column("amount", "Amount", kind="money", sort=True, total=True),
    ],
    order="number",
    search=["number", "client"],
    currency="currency",
    page_size=2,
)
MAILS = Listing[KeptMail](
    name="mails",
    columns=[
        Column("subject", "Subject", sort="subject"),
        Column("sender", "From", total=Count("pk")),
    ],
    order="subject",
    search=["subject", "sender"],
    page_size=20,
)


def ask(path: str = "/bills/", *, htmx_target: str = "") -> HttpRequest:
    headers: dict[str, Any] = {}
    if htmx_target:
        headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": htmx_target}
    request = RequestFactory().get(path, **headers)
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]  # what the middleware does
    return request


def numbers(path: str) -> list[str]:
    return [bill.number for bill in LISTING.page(ask(path), BILLS).rows]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["F-1", "F-2"]),
        ("?page=2", ["F-3"]),
        ("?page=99", ["F-3"]),
        ("?page=x", ["F-1", "F-2"]),
        ("?sort=-number", ["F-3", "F-2"]),
        ("?sort=due", ["F-3", "F-1"]),
        ("?sort=password", ["F-1", "F-2"]),
        ("?q=mairie", ["F-2", "F-3"]),
        ("?q=mairie+f-3", ["F-3"]),
    ],
)
def test_the_address_says_what_is_listed(query: str, found: list[str]) -> None:
    assert numbers(f"/bills/{query}") == found


def test_rows_without_a_value_come_last_when_sorted_by_it() -> None:
    assert numbers("/bills/?sort=-due&page=2") == ["F-2"]


def test_totals_are_kept_apart_by_currency_and_cover_every_page() -> None:
    page = LISTING.page(ask(), BILLS)

    assert page.totals == {"amount": [("CHF", Decimal("5.00")), ("EUR", Decimal("30.75"))]}
    assert str(page.total_cells[3][1]) == "CHF5.00<br>€30.75"


def test_cells_are_escaped() -> None:
    line = next(LISTING.page(ask(), BILLS).lines)

    assert "Roux &amp; Fils</td>" in line.cells


def test_sorting_keeps_the_search_and_returns_to_the_first_page() -> None:
    page = LISTING.page(ask("/bills/?q=mairie&page=1"), BILLS)

    assert page.heads[0].url == "/bills/?q=mairie&sort=-number"
    assert page.heads[0].sorted == "ascending"


def test_a_full_page_says_where_it_stands() -> None:
    page = LISTING.page(ask(), BILLS)

    assert (page.count_text, page.range_text) == ("3 rows", "1–2 of 3")
    assert (page.previous_url, page.next_url) == ("", "/bills/?page=2")


def test_htmx_gets_the_list_without_its_page() -> None:
    answer = LISTING.respond(ask(htmx_target="listing-bills"), BILLS, "no/such/page.html")

    assert b'<section class="listing card" id="listing-bills"' in answer.getvalue()
    assert answer["Vary"] == "HX-Request, HX-Target"


def test_csv_holds_every_row_and_no_formula() -> None:
    rows = [Bill("=1+1", "@evil", None, Decimal("-3.50"))]

    answer = LISTING.respond(ask("/bills/?export=csv"), rows, "no/such/page.html")

    assert answer.getvalue().decode() == (
        "\ufeffNumber,Client,Due,Amount\r\n'=1+1,'@evil,,-3.50\r\n"
    )


def test_csv_for_french_readers_has_semicolons_and_decimal_commas() -> None:
    with translation.override("fr"):
        answer = LISTING.respond(ask("/bills/?export=csv"), BILLS[:1], "no/such/page.html")
        text = answer.getvalue().decode()

    assert text.splitlines()[1] == "F-1;Roux & Fils;2026-03-01;10,50"


def test_a_spreadsheet_holds_numbers_and_dates_as_such() -> None:
    answer = LISTING.respond(ask("/bills/?export=xlsx"), BILLS[:1], "no/such/page.html")

    sheet = load_workbook(BytesIO(answer.getvalue())).active
    row = [cell.value for cell in sheet[2]]
    assert row[:2] == ["F-1", "Roux & Fils"]
    assert (row[2].date(), row[3]) == (date(2026, 3, 1), 10.5)


def test_a_column_with_a_permission_is_left_out_for_others() -> None:
    secret = Listing[Bill](
        name="bills",
        columns=[Column("number", "Number"), Column("amount", "Cost", permission="x.y")],
    )

    assert [column.key for column in secret.page(ask(), BILLS).columns] == ["number"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 20])
def test_a_list_costs_three_queries_however_long(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    KeptMail.objects.bulk_create(
        KeptMail(subject=f"S{n:02}", sender="a@b.example") for n in range(rows)
    )

    with django_assert_num_queries(3):
        page = MAILS.page(ask("/mails/"), KeptMail.objects.all())
        assert len(list(page.lines)) == rows


@pytest.mark.django_db
def test_the_database_searches_every_word_and_sorts() -> None:
    for subject in ("Invoice F-1", "Invoice F-2", "Hello"):
        KeptMail.objects.create(subject=subject, sender="x")

    page = MAILS.page(ask("/mails/?q=invoice+f&sort=-subject"), KeptMail.objects.all())

    assert [mail.subject for mail in page.rows] == ["Invoice F-2", "Invoice F-1"]
    assert page.totals == {"sender": [("", 2)]}
