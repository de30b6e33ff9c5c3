"""Hours that have come to the level at which somebody is told."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class LowHoursQuerySet(models.QuerySet["LowHours"]):
    """Warnings of low hours, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "LowHoursQuerySet":
        """Return the warnings about the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


class LowHours(models.Model):
    """That a block, or a month of an allowance, came down to a level; noticed once per level."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="low_hours", verbose_name=_("client")
    )
    prepaid_block = models.ForeignKey(
        "contracts.PrepaidBlock", models.CASCADE, null=True, related_name="low_hours"
    )
    allowance = models.ForeignKey(
        "contracts.Allowance", models.CASCADE, null=True, related_name="low_hours"
    )
    month_on = models.DateField(_("month"), null=True)
    level = models.DecimalField(_("warn at"), max_digits=12, decimal_places=4)
    left = models.DecimalField(_("left"), max_digits=12, decimal_places=4)
    noticed_on = models.DateField(_("noticed"))

    objects = LowHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning of low hours")
        verbose_name_plural = _("warnings of low hours")
        ordering = ["-noticed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prepaid_block", "level"],
                condition=Q(prepaid_block__isnull=False),
                name="billing_lowhours_once_per_block",
            ),
            models.UniqueConstraint(
                fields=["allowance", "month_on", "level"],
                condition=Q(allowance__isnull=False),
                name="billing_lowhours_once_per_month",
            ),
            models.CheckConstraint(
                condition=Q(prepaid_block__isnull=False, allowance=None, month_on=None)
                | Q(prepaid_block=None, allowance__isnull=False, month_on__isnull=False),
                name="billing_lowhours_of_a_block_or_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.prepaid_block or self.allowance}"
