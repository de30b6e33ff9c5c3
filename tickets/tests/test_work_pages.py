"""Correcting and taking back work, and what it will cost."""

from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser
from django.urls import reverse

from catalog.tests.factories import ProductFactory, WorkTypeFactory
from tickets.forms.goods import price_as_typed, quantity_as_typed
from tickets.models import PartUsed, Ticket, TimeEntry
from tickets.tests.factories import FlatRateItemFactory, PartUsedFactory, TimeEntryFactory


def test_a_time_entry_is_shown_as_it_would_be_typed_and_corrected(
    as_technician: Browser, ticket: Ticket
) -> None:
    entry = TimeEntryFactory.create(
        ticket=ticket,
        started_at=datetime(2026, 3, 10, 8, tzinfo=UTC),
        ended_at=datetime(2026, 3, 10, 8, 30, tzinfo=UTC),
    )
    url = reverse("tickets:time-edit", args=[entry.pk])

    form = as_technician.get(url).context["form"]
    answer = as_technician.post(
        url,
        {
            "time-begins": "09:00",
            "time-ends": "10:15",
            "time-worked_on": "2026-03-10",
            "time-work_type": entry.work_type_id,
            "time-is_billable": "on",
        },
    )

    entry.refresh_from_db()
    assert f"{form['begins'].value():%H:%M}–{form['ends'].value():%H:%M}" == "09:00–09:30"
    assert answer["Location"] == ticket.get_absolute_url()
    assert (entry.minutes, entry.worked_on) == (75, date(2026, 3, 10))


def test_an_entry_without_a_duration_is_refused(as_technician: Browser, ticket: Ticket) -> None:
    entry = TimeEntryFactory.create(ticket=ticket)

    answer = as_technician.post(
        reverse("tickets:time-edit", args=[entry.pk]), {"time-work_type": entry.work_type_id}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["minutes"] == ["Say how long it took."]


def test_a_part_is_corrected(as_technician: Browser, ticket: Ticket) -> None:
    part = PartUsedFactory.create(ticket=ticket)

    as_technician.post(
        reverse("tickets:part-edit", args=[part.pk]),
        {
            "part-product": part.product_id,
            "part-description": "Memory 16 GB",
            "part-quantity": "2",
            "part-unit_price": "45.50",
            "part-used_on": "2026-03-11",
            "part-is_billable": "on",
        },
    )

    part.refresh_from_db()
    assert (part.quantity, part.unit_price) == (Decimal(2), Decimal("45.5"))
    assert part.used_on == date(2026, 3, 11)


def test_a_flat_rate_is_corrected_and_taken_back(as_technician: Browser, firm: object) -> None:
    item = FlatRateItemFactory.create()
    url = reverse("tickets:flat-rate-edit", args=[item.pk])

    as_technician.post(url, {"quantity": "2", "price": "99"})
    item.refresh_from_db()
    corrected = (item.quantity, item.price)
    as_technician.post(reverse("tickets:flat-rate-remove", args=[item.pk]))

    assert corrected == (Decimal(2), Decimal(99))
    assert not item.ticket.flat_rate_items.exists()


def test_time_and_parts_are_taken_back(as_technician: Browser, ticket: Ticket) -> None:
    entry, part = TimeEntryFactory.create(ticket=ticket), PartUsedFactory.create(ticket=ticket)

    as_technician.post(reverse("tickets:time-delete", args=[entry.pk]))
    as_technician.post(reverse("tickets:part-remove", args=[part.pk]))

    assert (TimeEntry.objects.count(), PartUsed.objects.count()) == (0, 0)


def asked(browser: Browser, ticket: Ticket, kind: str, **typed: str | int) -> dict[str, list[str]]:
    url = reverse("tickets:ticket-forecast", args=[ticket.pk, kind])
    fields = {f"{kind}-{name}": value for name, value in typed.items()}
    answer = browser.get(url, fields)
    assert urlsplit(answer["Location"]).path == reverse(f"billing:forecast-{kind}")
    return parse_qs(urlsplit(answer["Location"]).query)


def test_typed_time_is_handed_to_billing_in_minutes(as_technician: Browser, ticket: Ticket) -> None:
    remote = WorkTypeFactory.create()

    question = asked(
        as_technician,
        ticket,
        "time",
        minutes="1h15",
        work_type=remote.pk,
        worked_on="2026-03-10",
        is_billable="on",
    )

    assert question == {
        "ticket": [str(ticket.pk)],
        "work_type": [str(remote.pk)],
        "minutes": ["75"],
        "worked_on": ["2026-03-10"],
        "is_billable": ["1"],
        "is_out_of_scope": ["0"],
    }


def test_a_typed_part_is_handed_to_billing(as_technician: Browser, ticket: Ticket) -> None:
    memory = ProductFactory.create()

    question = asked(
        as_technician, ticket, "part", product=memory.pk, quantity="2", used_on="2026-03-10"
    )

    assert (question["product"], question["quantity"]) == ([str(memory.pk)], ["2"])


@pytest.mark.parametrize("typed", [{}, {"time-minutes": "a while"}])
def test_nothing_is_forecast_while_nothing_can_be_priced(
    as_technician: Browser, ticket: Ticket, typed: dict[str, str]
) -> None:
    url = reverse("tickets:ticket-forecast", args=[ticket.pk, "time"])

    answer = as_technician.get(url, typed)

    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


def test_time_that_a_flat_rate_in_the_same_form_includes_is_not_priced(
    as_technician: Browser, ticket: Ticket
) -> None:
    typed = {
        "time-minutes": "30",
        "time-work_type": WorkTypeFactory.create().pk,
        "flat-product": ProductFactory.create(flat_rate=True).pk,
        "flat-quantity": "1",
        "flat-includes_time": "on",
    }

    answer = as_technician.get(reverse("tickets:ticket-forecast", args=[ticket.pk, "time"]), typed)

    assert "Included in the flat rate." in answer.content.decode()


@pytest.mark.parametrize(
    ("kept", "quantity", "price"),
    [("2.0000", "2", "2.00"), ("1.5000", "1.5", "1.50"), ("0.0350", "0.035", "0.035")],
)
def test_numbers_stand_in_their_fields_as_people_write_them(
    kept: str, quantity: str, price: str
) -> None:
    assert quantity_as_typed(Decimal(kept)) == quantity
    assert price_as_typed(Decimal(kept)) == price
