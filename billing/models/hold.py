"""What waits for a person, and why."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ClientHoldQuerySet(models.QuerySet["ClientHold"]):
    """Holds of clients, for the firm's own people only."""

    def visible_to(self, user: "User | AnonymousUser") -> "ClientHoldQuerySet":
        """Return the holds, none for clients' people."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class HeldItemQuerySet(models.QuerySet["HeldItem"]):
    """Evidence that runs left out, for the firm's own people only."""

    def visible_to(self, user: "User | AnonymousUser") -> "HeldItemQuerySet":
        """Return what is held, nothing for clients' people."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


@pghistory.track()
class ClientHold(models.Model):
    """A client whom a person has parked: nothing is drafted or issued until it is released."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="billing_holds", verbose_name=_("client")
    )
    reason = models.CharField(_("held because"), max_length=200)
    held_at = models.DateTimeField(_("held since"), auto_now_add=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("held by"),
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("released by"),
    )

    objects = ClientHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold of a client")
        verbose_name_plural = _("holds of clients")
        ordering = ["-held_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(released_at=None),
                name="billing_clienthold_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.reason}"


class HeldItem(models.Model):
    """A piece of evidence that a run left out until a person decides, with the reason."""

    run = models.ForeignKey(
        "billing.BillingRun", models.CASCADE, related_name="held_items", verbose_name=_("run")
    )
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    hold = models.CharField(_("reason"), max_length=24)
    facts = models.JSONField(_("facts"), default=dict)
    time_entry = models.ForeignKey(
        "tickets.TimeEntry", models.CASCADE, null=True, related_name="held_items"
    )
    part_used = models.ForeignKey(
        "tickets.PartUsed", models.CASCADE, null=True, related_name="held_items"
    )
    flat_rate_item = models.ForeignKey(
        "tickets.FlatRateItem", models.CASCADE, null=True, related_name="held_items"
    )
    contract_line = models.ForeignKey(
        "contracts.ContractLine", models.CASCADE, null=True, related_name="held_items"
    )
    time_correction = models.ForeignKey(
        "tickets.TimeCorrection", models.CASCADE, null=True, related_name="held_items"
    )
    prepaid_block = models.ForeignKey(
        "contracts.PrepaidBlock", models.CASCADE, null=True, related_name="held_items"
    )
    period_on = models.DateField(null=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True)

    objects = HeldItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("held item")
        verbose_name_plural = _("held items")
        ordering = ["run", "client", "pk"]

    def __str__(self) -> str:
        return f"{self.client}: {self.hold}"
