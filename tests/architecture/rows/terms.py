"""Roles, travel zones, business hours, surcharges, service levels and purchase orders."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
CALENDAR = "contracts.change_businesscalendar"
ZONE = "catalog.change_travelzone"


def _of_client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _role(world: World) -> Kwargs:
    return {"pk": world.work_role.pk}


def _zone(world: World) -> Kwargs:
    return {"pk": world.zone.pk}


def _calendar(world: World) -> Kwargs:
    return {"pk": world.calendar_day.calendar_id}


def _day(world: World) -> Kwargs:
    return {"pk": world.calendar_day.pk}


def _surcharge(world: World) -> Kwargs:
    return {"pk": world.surcharge.pk}


def _policy(world: World) -> Kwargs:
    return {"pk": world.policy.pk}


def _rate_card(world: World) -> Kwargs:
    return {"pk": world.rate_card.pk}


ROWS: dict[str, Row] = {
    "clients:orders-of-client": page("clients.view_purchaseorder", _of_client),
    "catalog:rate-card-edit": form("catalog.change_ratecard", _rate_card),
    "catalog:work-roles": page("catalog.view_workrole"),
    "catalog:work-role-create": form("catalog.add_workrole"),
    "catalog:work-role-edit": form("catalog.change_workrole", _role),
    "catalog:work-role-people": form("catalog.change_roleassignment"),
    "catalog:travel-zones": page("catalog.view_travelzone"),
    "catalog:travel-zone-create": form("catalog.add_travelzone"),
    "catalog:travel-zone": page("catalog.view_travelzone", _zone),
    "catalog:travel-zone-edit": form(ZONE, _zone),
    "catalog:zone-price": form(ZONE, _zone),
    "contracts:calendars": page("contracts.view_businesscalendar"),
    "contracts:calendar-create": form("contracts.add_businesscalendar"),
    "contracts:calendar": page("contracts.view_businesscalendar", _calendar),
    "contracts:calendar-edit": form(CALENDAR, _calendar),
    "contracts:calendar-day-add": form(CALENDAR, _calendar),
    "contracts:calendar-day-remove": action(CALENDAR, _day),
    "contracts:surcharges": page("contracts.view_surcharge"),
    "contracts:surcharge-create": form("contracts.add_surcharge"),
    "contracts:surcharge-edit": form("contracts.change_surcharge", _surcharge),
    "contracts:policies": page("contracts.view_slapolicy"),
    "contracts:policy-create": form("contracts.add_slapolicy"),
    "contracts:policy-edit": form("contracts.change_slapolicy", _policy),
}
