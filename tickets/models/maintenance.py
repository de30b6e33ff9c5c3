"""Work that prevents trouble: what comes round, and each time that it did."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from core.addresses import address_of
from tickets.models.ticket import Priority, Ticket

if TYPE_CHECKING:
    from accounts.models import User


class MaintenancePlanQuerySet(models.QuerySet["MaintenancePlan"]):
    """Maintenance plans, by who may see them."""

    def visible_to(self, user: "User") -> "MaintenancePlanQuerySet":
        """Return the plans of visible clients; they are the firm's own."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(client__in=Client.objects.visible_to(user))

    def running(self) -> "MaintenancePlanQuerySet":
        """Return those that still raise tickets."""
        return self.filter(is_active=True)


@pghistory.track()
class MaintenancePlan(models.Model):
    """Preventive work at a client that comes round by a rule, each time as a ticket with points.

    Days before ``active_from_on`` are not caught up: on them nobody had asked for it yet.
    """

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="maintenance_plans", verbose_name=_("client")
    )
    name = models.CharField(_("what is done"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    site = models.ForeignKey(
        "clients.Site", models.SET_NULL, null=True, blank=True, verbose_name=_("site")
    )
    asset = models.ForeignKey(
        "clients.Asset", models.SET_NULL, null=True, blank=True, verbose_name=_("asset")
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="maintenance_plans",
        verbose_name=_("contract"),
    )
    board = models.ForeignKey(
        "tickets.ServiceBoard", models.PROTECT, related_name="+", verbose_name=_("board")
    )
    category = models.ForeignKey(
        "catalog.Category", models.SET_NULL, null=True, blank=True, verbose_name=_("category")
    )
    priority = models.CharField(
        _("priority"), max_length=12, choices=Priority.choices, default=Priority.LOW
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    points = ArrayField(
        models.CharField(max_length=200), verbose_name=_("checklist"), default=list, blank=True
    )
    first_on = models.DateField(_("first day"))
    rule = models.CharField(_("rule"), max_length=200)
    lead_days = models.PositiveSmallIntegerField(
        _("days ahead"), default=7, help_text=_("so long before its day the ticket is opened")
    )
    active_from_on = models.DateField(_("counts from"))
    is_active = models.BooleanField(_("raises tickets"), default=True)

    objects = MaintenancePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance plan")
        verbose_name_plural = _("maintenance plans")
        ordering = ["client__name", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead_days__lte=180),
                name="tickets_maintenanceplan_lead_days",
                violation_error_message=_("At most 180 days ahead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the plan is shown."""
        return address_of("maintenance:plan", self.pk)


class MaintenanceVisitQuerySet(models.QuerySet["MaintenanceVisit"]):
    """Visits, by who may see them."""

    def visible_to(self, user: "User") -> "MaintenanceVisitQuerySet":
        """Return the visits of visible plans."""
        return self.filter(plan__in=MaintenancePlan.objects.visible_to(user))


@pghistory.track()
class MaintenanceVisit(models.Model):
    """One time that maintenance came round: as a ticket, or skipped with a reason.

    A plan has one visit a day at most, so a day is raised once whoever raises it, however often.
    """

    plan = models.ForeignKey(
        MaintenancePlan, models.PROTECT, related_name="visits", verbose_name=_("maintenance plan")
    )
    due_on = models.DateField(_("due"))
    ticket = models.OneToOneField(
        Ticket,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="maintenance_visit",
        verbose_name=_("ticket"),
    )
    skipped_because = models.CharField(_("skipped because"), max_length=200, blank=True)
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("skipped by"),
    )

    objects = MaintenanceVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance visit")
        verbose_name_plural = _("maintenance visits")
        ordering = ["-due_on", "plan"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="tickets_visit_once_a_day"),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, skipped_because="")
                | Q(ticket=None) & ~Q(skipped_because=""),
                name="tickets_visit_ticket_or_reason",
                violation_error_message=_("Say why it is skipped."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.due_on}"

    @property
    def is_skipped(self) -> bool:
        """Whether it was left out on purpose."""
        return self.ticket_id is None
