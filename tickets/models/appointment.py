"""When somebody works on a ticket: what was agreed, who is away, and the feed of it."""

import uuid
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.business_hours import Interval
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments, by who may see them and when they are."""

    def visible_to(self, user: "User") -> "AppointmentQuerySet":
        """Return the appointments of the tickets this person may see."""
        return self.filter(ticket__in=Ticket.objects.visible_to(user))

    def standing(self) -> "AppointmentQuerySet":
        """Return those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def within(self, start: "datetime", end: "datetime") -> "AppointmentQuerySet":
        """Return those of which a part lies between the two instants."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


@pghistory.track()
class Appointment(models.Model):
    """A time at which a technician works on a ticket.

    One that was cancelled stays, so that the calendars which have read it are told.
    """

    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="appointments", verbose_name=_("ticket")
    )
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="appointments",
        verbose_name=_("technician"),
    )
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("booked by"),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    changed_at = models.DateTimeField(_("changed"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at", "pk"]
        permissions = [("schedule_others", "Can schedule the work of others")]
        indexes = [
            models.Index(
                fields=["technician", "ends_at"],
                condition=Q(cancelled_at=None),
                name="tickets_appointment_of_person",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(cancelled_at=None),
                name="tickets_appointment_ends",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="tickets_appointment_forwards",
                violation_error_message=_("An appointment ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} – {self.technician}"

    def get_absolute_url(self) -> str:
        """Return the address at which the appointment is changed."""
        return reverse("dispatch:appointment", args=[self.pk])

    @property
    def slot(self) -> Interval:
        """The time that it takes."""
        return Interval(self.starts_at, self.ends_at)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.slot.seconds // 60

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.cancelled_at is not None


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Leave, by who may see it and when it is."""

    def visible_to(self, user: "User") -> "LeaveQuerySet":
        """Return the person's own leave, and everybody's to those who plan for others.

        That somebody is away is on the calendar for all; why is not.
        """
        plans_all = user.is_firm_staff and user.has_perm("tickets.schedule_others")
        return self if plans_all else self.filter(person=user)

    def within(self, start: "datetime", end: "datetime") -> "LeaveQuerySet":
        """Return that of which a part lies between the two instants."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


@pghistory.track()
class Leave(models.Model):
    """A time at which one of the firm's people is away."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="leave", verbose_name=_("person")
    )
    starts_at = models.DateTimeField(_("away from"))
    ends_at = models.DateTimeField(_("back at"))
    reason = models.CharField(_("reason"), max_length=200)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leave")
        ordering = ["-starts_at", "person"]
        indexes = [models.Index(fields=["person", "ends_at"], name="tickets_leave_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="tickets_leave_forwards",
                violation_error_message=_("Leave ends after it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="tickets_leave_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_at:%Y-%m-%d} – {self.ends_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the address at which the leave is changed."""
        return reverse("dispatch:leave", args=[self.pk])

    @property
    def slot(self) -> Interval:
        """The time that it takes."""
        return Interval(self.starts_at, self.ends_at)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Feeds, by whose they are."""

    def visible_to(self, user: "User") -> "CalendarFeedQuerySet":
        """Return the person's own feed."""
        return self.filter(person=user)


@pghistory.track(exclude=["token_hash"])
class CalendarFeed(models.Model):
    """A secret address at which a calendar program reads somebody's appointments.

    Only the hash of its token is kept: who reads the database cannot read the feed.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("person"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["person"]

    def __str__(self) -> str:
        return str(self.person)
