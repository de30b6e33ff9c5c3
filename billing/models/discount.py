"""What a person takes off a draft, and why."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice
from billing.models.tax_line import frozen_with_invoice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DiscountQuerySet(models.QuerySet["Discount"]):
    """Discounts, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "DiscountQuerySet":
        """Return the discounts on documents this person may see: the firm's own people only."""
        if not (user.is_authenticated and user.is_firm_staff):
            return self.none()
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class Discount(models.Model):
    """A share or an amount taken off one line of a draft, or off the draft as a whole.

    What it comes to stands on the draft as charges below nothing, each beside the line that it
    reduces, so that the tax of every rate is computed on what is really asked for.
    """

    invoice = models.ForeignKey(
        Invoice, models.CASCADE, related_name="discounts", verbose_name=_("invoice")
    )
    line = models.ForeignKey(
        "billing.Charge",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="discounts",
        verbose_name=_("line"),
        help_text=_("empty where the whole document is reduced"),
    )
    percent = models.DecimalField(
        _("percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    amount = models.DecimalField(
        _("amount without tax"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(
        _("reason"), max_length=120, help_text=_("as the client reads it on the invoice")
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(_("granted"), auto_now_add=True)

    objects = DiscountQuerySet.as_manager()

    class Meta:
        verbose_name = _("discount")
        verbose_name_plural = _("discounts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=False, percent__gt=0, percent__lte=100, amount=None)
                | Q(amount__isnull=False, amount__gt=0, percent=None),
                name="billing_discount_percent_or_amount",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="billing_discount_says_why"),
        ]
        triggers = frozen_with_invoice()

    def __str__(self) -> str:
        return self.reason
