"""A managed-services contract."""

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from core.periods import Period

if TYPE_CHECKING:
    from accounts.models import User


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts, by who may see them and when they run."""

    def visible_to(self, user: "User") -> "ContractQuerySet":
        """Return the contracts of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))

    def in_force_on(self, day: date) -> "ContractQuerySet":
        """Return the contracts that run on the day."""
        still = Q(last_day_on__isnull=True) | Q(last_day_on__gte=day)
        return self.filter(still, starts_on__lte=day)


@pghistory.track()
class Contract(models.Model):
    """What the firm promised a client for a fixed price, from a day on."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="contracts", verbose_name=_("client")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("title"), max_length=160)
    starts_on = models.DateField(_("first day"))
    last_day_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("inclusive; empty while it runs on")
    )
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    notes = models.TextField(_("internal notes"), blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="contracts_contract_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        """Return the address of the contract's page on the desk."""
        return reverse("contracts:contract", args=[self.pk])

    @property
    def term(self) -> Period:
        """The days on which the contract is in force."""
        return Period.through(self.starts_on, self.last_day_on)
