"""Appointments as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from tickets.models import Appointment

EVERY = timedelta(minutes=15)


def calendar_of(person: User, appointments: Iterable[Appointment]) -> bytes:
    """Return somebody's appointments as calendar programs read them.

    Times are in UTC, so that they are exact on any device; the same appointments give the same
    bytes, so that a program which has them already is told so.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Fixpoint//Dispatch//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Appointments of %(person)s") % {"person": person})
    calendar.add("refresh-interval", EVERY, parameters={"value": "DURATION"})
    for one in appointments:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def address_of(token: str) -> str:
    """Return the whole address of a feed."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("dispatch:feed-file", args=[token])


def _event(appointment: Appointment) -> Event:
    event, ticket = Event(), appointment.ticket
    event.add("uid", f"{appointment.uid}@fixpoint")
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("sequence", appointment.revision)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    event.add("summary", f"{ticket.number} {ticket.client}: {ticket.subject}")
    event.add("description", _description(appointment))
    event.add("url", settings.PUBLIC_URL + ticket.get_absolute_url())
    if ticket.site is not None:
        event.add("location", _place(appointment))
    return event


def _description(appointment: Appointment) -> str:
    """Return what a technician needs on the way; nothing of the conversation."""
    contact = appointment.ticket.contact
    lines = [appointment.note]
    if contact is not None:
        lines.append(f"{contact} {contact.phone}".strip())
    lines.append(settings.PUBLIC_URL + appointment.ticket.get_absolute_url())
    return "\n".join(line for line in lines if line)


def _place(appointment: Appointment) -> str:
    site = appointment.ticket.site
    if site is None:
        return ""
    town = f"{site.postcode} {site.city}".strip()
    return ", ".join(part for part in (site.name, site.street, town) if part)
