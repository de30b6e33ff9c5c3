"""Minutes that turned out not to be owed after they were billed."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket
from tickets.models.work import TimeEntry

if TYPE_CHECKING:
    from accounts.models import User


class TimeCorrectionQuerySet(models.QuerySet["TimeCorrection"]):
    """Corrections of time, by who may see them."""

    def visible_to(self, user: "User") -> "TimeCorrectionQuerySet":
        """Return the corrections on the tickets this person may see."""
        return self.filter(time_entry__ticket__in=Ticket.objects.visible_to(user))


@pghistory.track()
class TimeCorrection(models.Model):
    """Minutes of a billed time entry that are taken back; they come back as a credit."""

    time_entry = models.ForeignKey(
        TimeEntry, models.PROTECT, related_name="corrections", verbose_name=_("time entry")
    )
    minutes = models.PositiveIntegerField(_("minutes taken back"))
    reason = models.CharField(_("why"), max_length=200)
    found_on = models.DateField(_("found on"))
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("corrected by"),
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = TimeCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of time")
        verbose_name_plural = _("corrections of time")
        ordering = ["time_entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="tickets_timecorrection_some_minutes",
                violation_error_message=_("A correction takes back at least one minute."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.time_entry}: -{self.minutes} min"
