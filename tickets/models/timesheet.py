"""A day of somebody's time, handed in to be approved."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from accounts.models import User


class DayStatus(models.TextChoices):
    """Where a day stands that was handed in."""

    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", pgettext_lazy("a day", "returned")


LOCKING = (DayStatus.SUBMITTED, DayStatus.APPROVED)


class TimesheetDayQuerySet(models.QuerySet["TimesheetDay"]):
    """Days that were handed in, by who may see them and where they stand."""

    def visible_to(self, user: "User") -> "TimesheetDayQuerySet":
        """Return everybody's days to those who approve, to others their own."""
        if user.has_perm("tickets.approve_timesheetday"):
            return self
        return self.filter(person=user)

    def submitted(self) -> "TimesheetDayQuerySet":
        """Return the days that wait for somebody to approve them."""
        return self.filter(status=DayStatus.SUBMITTED)

    def locking(self) -> "TimesheetDayQuerySet":
        """Return the days whose time stays as it is."""
        return self.filter(status__in=LOCKING)


@pghistory.track()
class TimesheetDay(models.Model):
    """What somebody worked on a day, handed in: approved, or returned with a reason.

    A day without a row has not been handed in. While it is submitted or approved, its time entries
    stay as they are.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="timesheet_days",
        verbose_name=_("technician"),
    )
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=9, choices=DayStatus.choices)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = TimesheetDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a timesheet")
        verbose_name_plural = _("days of timesheets")
        ordering = ["day", "person"]
        permissions = [("approve_timesheetday", "Can approve the time of others")]
        indexes = [
            models.Index(
                fields=["day"],
                condition=Q(status="submitted"),
                name="tickets_timesheetday_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="tickets_timesheetday_once"),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(reason=""),
                name="tickets_timesheetday_returned_with_reason",
                violation_error_message=_("Say why it is returned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"

    def get_absolute_url(self) -> str:
        """Return the address of the day's sheet."""
        return f"{reverse('time:sheet')}?person={self.person_id}&day={self.day:%Y-%m-%d}"

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for somebody to approve it."""
        return self.status == DayStatus.SUBMITTED

    @property
    def is_approved(self) -> bool:
        """Whether somebody has approved it."""
        return self.status == DayStatus.APPROVED

    @property
    def is_returned(self) -> bool:
        """Whether it must be put right and handed in again."""
        return self.status == DayStatus.RETURNED

    @property
    def is_locked(self) -> bool:
        """Whether its time stays as it is."""
        return self.status in LOCKING
