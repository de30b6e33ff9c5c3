"""How soon the firm promises to answer and to resolve."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models.calendar import BusinessCalendar


class SLAPriority(models.TextChoices):
    """The priorities of tickets, as tickets write them."""

    URGENT = "1_urgent", _("urgent")
    HIGH = "2_high", _("high")
    NORMAL = "3_normal", _("normal")
    LOW = "4_low", _("low")


@pghistory.track()
class SLAPolicy(models.Model):
    """Promised times in business hours of a calendar, by priority."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    calendar = models.ForeignKey(
        BusinessCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sla_policies",
        verbose_name=_("business hours"),
        help_text=_("empty: around the clock"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("SLA policy")
        verbose_name_plural = _("SLA policies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the policy is changed."""
        return reverse("contracts:policy-edit", args=[self.pk])


@pghistory.track()
class SLATarget(models.Model):
    """Minutes to the first answer and to the solution for one priority; empty: no promise."""

    policy = models.ForeignKey(
        SLAPolicy, models.CASCADE, related_name="targets", verbose_name=_("SLA policy")
    )
    priority = models.CharField(_("priority"), max_length=12, choices=SLAPriority.choices)
    response_minutes = models.PositiveIntegerField(
        _("first answer within minutes"), null=True, blank=True
    )
    resolution_minutes = models.PositiveIntegerField(
        _("solved within minutes"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("target of an SLA policy")
        verbose_name_plural = _("targets of SLA policies")
        ordering = ["policy", "priority"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "priority"], name="contracts_slatarget_once"),
            models.CheckConstraint(
                condition=~Q(response_minutes=0) & ~Q(resolution_minutes=0),
                name="contracts_slatarget_some_minutes",
                violation_error_message=_("A promise needs at least one minute."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy}: {self.get_priority_display()}"
