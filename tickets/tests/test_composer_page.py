"""The composer: one submit for answer, time, part, flat rate and status."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from catalog.tests.factories import WorkTypeFactory
from tickets.models import Ticket, TicketStatus
from tickets.tests.factories import TimeEntryFactory

HTMX = {"HX-Request": "true"}


def page(ticket: Ticket, name: str = "ticket") -> str:
    return reverse(f"tickets:{name}", args=[ticket.pk])


def test_the_composer_saves_reply_time_and_status_in_one_submit(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    work_type = TimeEntryFactory.create().work_type
    waiting = TicketStatus.objects.get(code="waiting")

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {
            "note-body": "Please restart it.",
            "note-is_public": "yes",
            "note-status": waiting.pk,
            "time-minutes": "1h15",
            "time-work_type": work_type.pk,
            "time-is_billable": "on",
        },
    )

    assert (answer.status_code, answer.url) == (302, page(ticket))  # type: ignore[attr-defined]  # a redirect
    ticket.refresh_from_db()
    entry = ticket.time_entries.get()
    assert ticket.notes.get().body == "Please restart it."
    assert (entry.minutes, entry.technician, ticket.status) == (75, technician, waiting)


def test_a_wrong_time_is_refused_and_everything_typed_is_kept(
    as_technician: Browser, ticket: Ticket
) -> None:
    work_type = TimeEntryFactory.create().work_type

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {
            "note-body": "A long answer",
            "note-is_public": "no",
            "time-minutes": "a while",
            "time-work_type": work_type.pk,
        },
        headers=HTMX,
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "A long answer" in shown
    assert 'value="a while"' in shown
    assert "Write it as 45, 1:30, 1h30 or 0.75h." in shown
    assert not ticket.notes.exists()


def test_a_refusal_of_the_operation_stands_at_its_field(
    as_technician: Browser, ticket: Ticket
) -> None:
    work_type = TimeEntryFactory.create().work_type

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-is_public": "yes", "time-minutes": "30", "time-work_type": work_type.pk},
    )

    errors = answer.context["composer"].time.errors
    assert answer.status_code == 422
    assert errors["not_billable_reason"] == ["Say why this will not be billed."]


def test_the_hour_that_the_clocks_skip_is_explained(as_technician: Browser, ticket: Ticket) -> None:
    work_type = TimeEntryFactory.create().work_type

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {
            "note-is_public": "yes",
            "time-begins": "02:30",
            "time-ends": "04:00",
            "time-worked_on": "2026-03-29",
            "time-work_type": work_type.pk,
            "time-is_billable": "on",
        },
    )

    assert "skip" in answer.context["composer"].time.errors["begins"][0]


def test_saving_by_htmx_redraws_the_parts_that_changed(
    as_technician: Browser, ticket: Ticket
) -> None:
    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-body": "On it.", "note-is_public": "yes"},
        headers=HTMX,
    )

    shown = answer.content.decode()
    assert answer.status_code == 200
    for part in (
        'id="composer"',
        'id="ticket-timeline"',
        'id="ticket-properties"',
        'id="ticket-head"',
    ):
        assert part in shown
    assert "<html" not in shown
    assert answer["HX-Trigger"] == '{"ticket-changed": {}}'


def test_who_may_only_read_gets_no_composer(as_accountant: Browser, ticket: Ticket) -> None:
    answer = as_accountant.get(page(ticket))

    assert answer.context["composer"] is None
    assert 'id="composer"' not in answer.content.decode()


def test_days_are_written_for_the_browser_in_every_language(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    technician.language = "fr"
    technician.save()

    shown = as_technician.get(page(ticket)).content.decode()

    [day] = re.findall(r'<input type="date" name="time-worked_on" value="(.*?)"', shown)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"minutes": "30", "begins": "09:00"}, {"minutes", "ends"}),
        ({"minutes": "30", "begins": "09:00", "ends": "09:30"}, {"minutes"}),
        ({"ends": "09:30"}, {"begins"}),
        ({"begins": "09:00", "ends": "08:00"}, {"ends"}),
        ({"begins": "09:00", "ends": "09:30", "worked_on": ""}, {"worked_on"}),
        ({"note": "Restarted"}, {"minutes"}),
        ({"minutes": "30", "work_type": ""}, {"work_type"}),
    ],
)
def test_half_a_time_is_refused_at_the_fields_that_are_wrong(
    as_technician: Browser, ticket: Ticket, typed: dict[str, str], wrong: set[str]
) -> None:
    work_type = str(WorkTypeFactory.create().pk)
    fields = {"work_type": work_type, "worked_on": "2026-03-10", "is_billable": "on", **typed}

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-is_public": "yes", **{f"time-{name}": value for name, value in fields.items()}},
    )

    assert answer.status_code == 422
    assert set(answer.context["composer"].time.errors) == wrong
    assert not ticket.time_entries.exists()


@pytest.mark.parametrize(
    ("typed", "form", "wrong"),
    [
        ({"part-description": "Cable"}, "part", {"used_on", "quantity"}),
        ({"part-unit_price": "5", "part-quantity": "1", "part-used_on": "2026-03-10"}, "part",
         {"description"}),
        ({"part-product": "0", "part-quantity": "1", "part-used_on": "2026-03-10"}, "part",
         {"product"}),
        ({"flat-product": "0", "flat-quantity": "1"}, "flat", {"product"}),
    ],
)  # fmt: skip
def test_half_a_part_or_flat_rate_is_refused_at_the_fields_that_are_wrong(
    as_technician: Browser, ticket: Ticket, typed: dict[str, str], form: str, wrong: set[str]
) -> None:
    answer = as_technician.post(page(ticket, "ticket-respond"), {"note-is_public": "yes", **typed})

    assert answer.status_code == 422
    composer = answer.context["composer"]
    wrong_form = composer.parts[0] if form == "part" else composer.flat
    assert set(wrong_form.errors) == wrong
    assert not ticket.parts_used.exists()


def test_two_parts_are_saved_in_one_submit(as_technician: Browser, ticket: Ticket) -> None:
    cable = {"description": "Cable", "quantity": "2", "unit_price": "4.50", "is_billable": "on"}
    mouse = {"description": "Mouse", "quantity": "1", "unit_price": "19", "is_billable": "on"}

    as_technician.post(
        page(ticket, "ticket-respond"),
        {
            "note-is_public": "yes",
            **{f"part-{name}": value for name, value in cable.items()},
            **{f"part2-{name}": value for name, value in mouse.items()},
            "part-used_on": "2026-03-10",
            "part2-used_on": "2026-03-10",
        },
    )

    parts = ticket.parts_used.order_by("pk").values_list("description", "quantity", "unit_price")
    assert [(what, f"{n:.0f}", f"{price:.2f}") for what, n, price in parts] == [
        ("Cable", "2", "4.50"),
        ("Mouse", "1", "19.00"),
    ]
