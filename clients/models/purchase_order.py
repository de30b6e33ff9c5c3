"""What a client has ordered in writing."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client

if TYPE_CHECKING:
    from accounts.models import User


class PurchaseOrderQuerySet(models.QuerySet["PurchaseOrder"]):
    """Purchase orders, by who may see them."""

    def visible_to(self, user: "User") -> "PurchaseOrderQuerySet":
        """Return the orders of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


@pghistory.track()
class PurchaseOrder(models.Model):
    """A client's order with its number: printed on the invoices that it pays for."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="purchase_orders", verbose_name=_("client")
    )
    number = models.CharField(_("number"), max_length=60)
    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    last_day_on = models.DateField(_("valid through"), null=True, blank=True)
    limit_amount = models.DecimalField(
        _("limit"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("without VAT; empty where the order names none"),
    )
    is_closed = models.BooleanField(_("closed"), default=False)
    notes = models.CharField(_("internal notes"), max_length=200, blank=True)

    objects = PurchaseOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        ordering = ["client", "-starts_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "number"],
                name="clients_purchaseorder_number_once",
                violation_error_message=_("The client already has an order with this number."),
            ),
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(last_day_on__gte=F("starts_on")),
                name="clients_purchaseorder_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
