"""A dispatcher's morning: tickets dragged onto slots, a conflict asked about, an end moved."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from tests.browser.conftest import PageOf
from tickets.models import Appointment
from tickets.tests.factories import AppointmentFactory, TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Far ahead, so that the day is never over; 12 March 2030 is a Tuesday, in winter time.
DAY = "/dispatch/?view=day&day=2030-03-12"
PARIS = ZoneInfo("Europe/Paris")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2030, 3, 12, hour, minute, tzinfo=PARIS).astimezone(UTC)


def drag(page: "Page", item: "Locator", track: "Locator", hour: int) -> None:
    """Drag to an hour of a lane that shows 08:00 to 18:00."""
    box = track.bounding_box()
    assert box is not None
    item.drag_to(
        track, source_position={"x": 10, "y": 10},
        target_position={"x": box["width"] * (hour - 8) / 10 + 2, "y": box["height"] / 2},
    )  # fmt: skip


def test_a_ticket_is_dragged_onto_a_slot_and_a_second_one_there_is_asked_about(
    firm: LegalEntity, dispatcher: User, technician: User, page_of: PageOf
) -> None:
    for subject in ("Printer jams", "No mail"):
        TicketFactory.create(subject=subject)
    page = page_of(dispatcher)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(DAY)
    lane = page.get_by_role("region", name=str(technician), exact=True)

    drag(page, page.locator("[data-ticket]", has_text="Printer"), lane.locator("[data-drop]"), 10)

    expect(lane.get_by_role("link", name="10:00–11:00")).to_contain_text("Printer jams")
    first = Appointment.objects.get()
    assert (first.starts_at, first.ends_at, first.technician) == (at(10), at(11), technician)

    drag(page, page.locator("[data-ticket]", has_text="No mail"), lane.locator("[data-drop]"), 10)
    dialog = page.get_by_role("dialog", name="Something stands against this time")
    expect(dialog).to_contain_text("is booked from 10:00 to 11:00.")
    assert Appointment.objects.count() == 1
    dialog.get_by_role("button", name="Book all the same").click()

    expect(lane.locator(".appt.has-conflict")).to_have_count(2)
    assert Appointment.objects.filter(starts_at=at(10)).count() == 2


def test_an_appointment_is_moved_by_touch_and_what_a_colleague_books_appears(
    firm: LegalEntity, dispatcher: User, technician: User, page_of: PageOf
) -> None:
    row = AppointmentFactory.create(technician=technician, starts_at=at(10), ends_at=at(11))
    page = page_of(dispatcher)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(DAY)
    chip = page.locator(f"#appointment-{row.pk}")
    box = chip.bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    x, y = box["x"] + 10, box["y"] + 10
    touch("touchStart", (x, y))
    expect(chip).to_have_class(re.compile("is-dragged"))
    touch("touchMove", (x + box["width"] + 2, y))
    touch("touchEnd")

    expect(chip).to_contain_text("11:00–12:00")
    AppointmentFactory.create(
        technician=technician, ticket__subject="No mail", starts_at=at(14), ends_at=at(15)
    )
    page.mouse.move(5, 5)
    page.evaluate("document.dispatchEvent(new Event('fx:ask'))")
    expect(page.get_by_role("link", name="14:00–15:00")).to_contain_text("No mail")


def test_an_end_is_dragged_along(
    firm: LegalEntity, dispatcher: User, technician: User, page_of: PageOf
) -> None:
    row = AppointmentFactory.create(technician=technician, starts_at=at(10), ends_at=at(11))
    page = page_of(dispatcher)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(DAY)
    chip = page.locator(f"#appointment-{row.pk}")
    box = chip.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 1.5 * box["width"] - 3, box["y"] + 30, steps=4)
    page.mouse.up()

    expect(chip).to_contain_text("10:00–11:30")
    row.refresh_from_db()
    assert row.ends_at - row.starts_at == timedelta(minutes=90)
