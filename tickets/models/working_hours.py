"""When one of the firm's people works."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class WorkingHours(models.Model):
    """The calendar of a person who does not work as the firm does: part-time, early, late."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="working_hours",
        verbose_name=_("technician"),
    )
    calendar = models.ForeignKey(
        "contracts.BusinessCalendar", models.PROTECT, related_name="+", verbose_name=_("calendar")
    )

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["person"]

    def __str__(self) -> str:
        return f"{self.person}: {self.calendar}"
