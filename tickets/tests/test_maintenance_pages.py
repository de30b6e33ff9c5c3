"""Maintenance on the screen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clients.forms import chooser
from clients.models import LegalEntity
from clients.tests.factories import AssetFactory, ClientFactory
from tickets.models import MaintenancePlan, MaintenanceVisit, Ticket
from tickets.tasks import raise_maintenance
from tickets.tests.factories import MaintenancePlanFactory, ServiceBoardFactory

MARCH = "/maintenance/?month=2026-03"


@pytest.fixture(autouse=True)
def now(firm: LegalEntity) -> Iterator[Any]:
    """It is 1 March 2026 in Paris."""
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=UTC), tick=False) as found:
        yield found


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Check the backup",
        "points": "Look at the logs\n\n Restore a file ",
        "first_on": "2026-03-03",
        "rhythm": "weekly",
        "kind": "date",
        "lead_days": "7",
        "board": ServiceBoardFactory.create().pk,
        "priority": "3_normal",
        "is_active": "on",
        **fields,
    }


def test_among_many_clients_one_is_typed_and_the_form_opens_for_it(
    as_dispatcher: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chooser, "FEW", 0)
    client = ClientFactory.create(name="Alpha")
    address = reverse("maintenance:plan-create")

    asked = as_dispatcher.get(address).content.decode()
    found = as_dispatcher.get(address, {"for-client": "alpha"})
    nobody = as_dispatcher.get(address, {"for-client": "Nobody"})

    assert "<option" not in asked
    assert found["Location"] == f"{address}?client={client.pk}"
    assert nobody.status_code == 422
    assert "No client has this name or code." in nobody.content.decode()


def test_a_plan_is_made_for_a_client(as_dispatcher: Browser) -> None:
    client = ClientFactory.create()
    chosen = as_dispatcher.get(reverse("maintenance:plan-create"))
    address = f"{reverse('maintenance:plan-create')}?client={client.pk}"

    answer = as_dispatcher.post(address, typed())

    plan = MaintenancePlan.objects.get()
    assert f'value="{client.pk}"' in chosen.content.decode()
    assert answer["Location"] == plan.get_absolute_url()
    assert (plan.client, plan.rule) == (client, "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU")
    assert (plan.points, plan.active_from_on) == (
        ["Look at the logs", "Restore a file"],
        date(2026, 3, 1),
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rhythm": "own", "own_rule": "sometimes"}, "This is no rule of days"),
        ({"points": "x" * 201}, "A point has at most 200 letters."),
        ({"lead_days": "181"}, "At most 180 days ahead."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_and_kept(
    as_dispatcher: Browser, wrong: dict[str, str], told: str
) -> None:
    address = f"{reverse('maintenance:plan-create')}?client={ClientFactory.create().pk}"

    answer = as_dispatcher.post(address, typed(**wrong))

    assert (answer.status_code, MaintenancePlan.objects.count()) == (422, 0)
    assert told in answer.content.decode()
    assert "Restore a file" in answer.content.decode() or "points" in wrong


def test_a_device_of_another_client_is_not_offered(as_dispatcher: Browser) -> None:
    other = AssetFactory.create()
    address = f"{reverse('maintenance:plan-create')}?client={ClientFactory.create().pk}"

    answer = as_dispatcher.post(address, typed(asset=other.pk))

    assert answer.status_code == 422


def test_switching_a_plan_on_again_catches_nothing_up(as_dispatcher: Browser) -> None:
    plan = MaintenancePlanFactory.create(is_active=False, active_from_on=date(2025, 1, 1))

    as_dispatcher.post(reverse("maintenance:plan-edit", args=[plan.pk]), typed())

    plan.refresh_from_db()
    assert (plan.is_active, plan.active_from_on) == (True, date(2026, 3, 1))


def test_the_clock_opens_the_tickets(as_technician: Browser) -> None:
    plan = MaintenancePlanFactory.create()

    raise_maintenance()
    raise_maintenance()

    page = as_technician.get(MARCH).content.decode()
    assert Ticket.objects.get().client == plan.client
    assert page.count("is-raised") == 1
    assert page.count('class="visit') == 5


def test_a_day_is_skipped_from_the_page_of_the_plan(as_dispatcher: Browser) -> None:
    plan = MaintenancePlanFactory.create()
    address = reverse("maintenance:visit-skip", args=[plan.pk])

    refused = as_dispatcher.post(address, {"day": "2026-03-10", "reason": ""})
    answer = as_dispatcher.post(address, {"day": "2026-03-10", "reason": "Closed"}, follow=True)

    assert refused.status_code == 422
    assert MaintenanceVisit.objects.get().due_on == date(2026, 3, 10)
    assert "Closed" in answer.content.decode()


def test_a_technician_sees_plans_and_changes_none(as_technician: Browser) -> None:
    plan = MaintenancePlanFactory.create()

    assert as_technician.get(plan.get_absolute_url()).status_code == 200
    assert as_technician.get(reverse("maintenance:plans")).status_code == 200
    edit = as_technician.get(reverse("maintenance:plan-edit", args=[plan.pk]))
    assert edit.status_code == 403


@pytest.mark.parametrize("month", ["soon", "2026-13", "0001-01", "9999-12", ""])
def test_a_month_that_is_none_is_this_one(as_technician: Browser, month: str) -> None:
    MaintenancePlanFactory.create()

    page = as_technician.get("/maintenance/", {"month": month})

    assert "March 2026" in page.content.decode()
