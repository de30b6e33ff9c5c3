"""How soon the firm promises to answer and to resolve."""

from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from contracts.models.calendar import BusinessCalendar

if TYPE_CHECKING:
    from accounts.models import User

WHOLE_AND_HALF_OF_IT = (MinValueValidator(1), MaxValueValidator(200))


def usual_warnings() -> list[int]:
    """Return the percentages at which people are warned unless the firm says otherwise."""
    return [50, 75, 100]


class ClockZone(models.TextChoices):
    """On whose clock on the wall the business hours are read."""

    CALENDAR = "calendar", _("of the business hours")
    SITE = "site", _("of the ticket's site")


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
    zone_of = models.CharField(
        _("time zone"), max_length=8, choices=ClockZone.choices, default=ClockZone.CALENDAR
    )
    pauses_response = models.BooleanField(
        _("waiting for the client also stops the time to the first answer"), default=False
    )
    warning_percentages = ArrayField(
        models.PositiveSmallIntegerField(validators=WHOLE_AND_HALF_OF_IT),
        verbose_name=_("warn when used, in %"),
        default=usual_warnings,
        blank=True,
    )
    lead_percent = models.PositiveSmallIntegerField(
        _("the board's lead too, from %"), default=100, validators=WHOLE_AND_HALF_OF_IT
    )
    warns_at_any_hour = models.BooleanField(_("warn at any hour"), default=False)
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


class ClientSLAQuerySet(models.QuerySet["ClientSLA"]):
    """Service levels of clients, by who may see them."""

    def visible_to(self, user: "User") -> "ClientSLAQuerySet":
        """Return those of the clients this person may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


@pghistory.track()
class ClientSLA(models.Model):
    """The service level of a client whose contracts name none."""

    client = models.OneToOneField(
        Client, models.CASCADE, related_name="service_level", verbose_name=_("client")
    )
    policy = models.ForeignKey(
        SLAPolicy, models.PROTECT, related_name="clients", verbose_name=_("SLA policy")
    )

    objects = ClientSLAQuerySet.as_manager()

    class Meta:
        verbose_name = _("service level of a client")
        verbose_name_plural = _("service levels of clients")

    def __str__(self) -> str:
        return f"{self.client}: {self.policy}"
