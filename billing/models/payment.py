"""Money that came in."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice
from clients.models import Client

if TYPE_CHECKING:
    from accounts.models import User


class PaymentMethod(models.TextChoices):
    """How the money came."""

    TRANSFER = "transfer", _("bank transfer")
    CARD = "card", _("card")
    DIRECT_DEBIT = "direct_debit", _("direct debit")
    CHEQUE = "cheque", _("cheque")
    CASH = "cash", _("cash")


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments, by who may see them."""

    def visible_to(self, user: "User") -> "PaymentQuerySet":
        """Return the payments of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


@pghistory.track()
class Payment(models.Model):
    """Money received from a client."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="payments", verbose_name=_("client")
    )
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    method = models.CharField(
        _("method"), max_length=12, choices=PaymentMethod.choices, default=PaymentMethod.TRANSFER
    )
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="billing_payment_positive",
                violation_error_message=_("A payment must be more than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Allocations, by who may see them."""

    def visible_to(self, user: "User") -> "AllocationQuerySet":
        """Return the allocations to the invoices this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


@pghistory.track()
class Allocation(models.Model):
    """The part of a payment that pays an invoice."""

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="allocations", verbose_name=_("payment")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="allocations", verbose_name=_("invoice")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.UniqueConstraint(fields=["payment", "invoice"], name="billing_allocation_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="billing_allocation_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
