"""The clock that somebody lets run while they work."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.business_hours import Interval
from tickets.domain.stretches import seconds_of
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class TimerQuerySet(models.QuerySet["Timer"]):
    """Timers, by whose they are and whether they run."""

    def visible_to(self, user: "User") -> "TimerQuerySet":
        """Return the person's own timers."""
        return self.filter(person=user)

    def running(self) -> "TimerQuerySet":
        """Return those that run; of one person there is never more than one."""
        return self.filter(running_since__isnull=False)


class Timer(models.Model):
    """Work that one person measures; it runs or is parked until it becomes a time entry.

    What was measured are moments: the stretches that are over, and since when it runs. Nothing
    counts in the browser, so a closed lid or a restart changes nothing.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="timers",
        verbose_name=_("technician"),
    )
    ticket = models.ForeignKey(
        Ticket,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="timers",
        verbose_name=_("ticket"),
    )
    note = models.TextField(_("what was done"), blank=True)
    stretches = ArrayField(
        ArrayField(models.DateTimeField(), size=2),
        verbose_name=_("stretches of work"),
        default=list,
        blank=True,
    )
    running_since = models.DateTimeField(_("running since"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun"))

    objects = TimerQuerySet.as_manager()

    class Meta:
        verbose_name = _("timer")
        verbose_name_plural = _("timers")
        ordering = [models.F("running_since").desc(nulls_last=True), "-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(running_since__isnull=False),
                name="tickets_timer_one_runs",
                violation_error_message=_("Another timer of yours runs already."),
            ),
            models.UniqueConstraint(
                fields=["person", "ticket"],
                name="tickets_timer_one_of_a_ticket",
                violation_error_message=_("You have a timer for this ticket already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket.number} {self.ticket.subject}" if self.ticket else str(_("no ticket"))

    @property
    def is_running(self) -> bool:
        """Whether it measures at this moment."""
        return self.running_since is not None

    def measured(self, now: datetime) -> tuple[Interval, ...]:
        """Return the stretches of work up to now, in their order."""
        done = tuple(Interval(start, end) for start, end in self.stretches)
        if self.running_since is None or now <= self.running_since:
            return done
        return (*done, Interval(self.running_since, now))

    def seconds(self, now: datetime) -> int:
        """Return how long was worked up to now."""
        return seconds_of(self.measured(now))
