"""What a business calendar said from a moment on, kept as it was."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.calendar import BusinessCalendar


class CalendarVersion(models.Model):
    """A calendar as it stood from a moment on; clocks that ran under it go on being read by it."""

    calendar = models.ForeignKey(
        BusinessCalendar, models.PROTECT, related_name="versions", verbose_name=_("calendar")
    )
    number = models.PositiveIntegerField(_("number"))
    valid_from = models.DateTimeField(_("valid from"))
    facts = models.JSONField(_("hours"))

    class Meta:
        verbose_name = _("version of a calendar")
        verbose_name_plural = _("versions of calendars")
        ordering = ["calendar", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "number"], name="contracts_calendarversion_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} v{self.number}"
