"""Money that was paid back."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.closing import not_into_closed
from clients.models import Client

if TYPE_CHECKING:
    from accounts.models import User


class PaymentMethod(models.TextChoices):
    """How money came or went."""

    TRANSFER = "transfer", _("bank transfer")
    CARD = "card", _("card")
    DIRECT_DEBIT = "direct_debit", _("direct debit")
    CHEQUE = "cheque", _("cheque")
    CASH = "cash", _("cash")
    ONLINE = "online", _("online")


class RefundQuerySet(models.QuerySet["Refund"]):
    """Refunds, by who may see them."""

    def visible_to(self, user: "User") -> "RefundQuerySet":
        """Return the refunds of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


class Refund(models.Model):
    """Credit that was paid back to a client."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="refunds", verbose_name=_("client")
    )
    paid_on = models.DateField(_("paid on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    method = models.CharField(
        _("method"), max_length=12, choices=PaymentMethod.choices, default=PaymentMethod.TRANSFER
    )
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="billing_refund_positive"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed("NEW.paid_on"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
