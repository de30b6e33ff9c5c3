"""What was agreed to be taken off a client's recurring charges, from a day until a day."""

from typing import TYPE_CHECKING

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class AgreedDiscountQuerySet(models.QuerySet["AgreedDiscount"]):
    """Agreed discounts, for the firm's own people only."""

    def visible_to(self, user: "User | AnonymousUser") -> "AgreedDiscountQuerySet":
        """Return what was agreed with the clients this person may see."""
        if not (user.is_authenticated and user.is_firm_staff):
            return self.none()
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


@pghistory.track()
class AgreedDiscount(models.Model):
    """A percentage off recurring charges, or an amount a month off one line, on dated days.

    Each recurring charge is reduced when it is billed, by what is agreed for its days. What is
    billed stays: a later change counts for what is billed after it.
    """

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="agreed_discounts", verbose_name=_("client")
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contract"),
        help_text=_("empty: all of the client's contracts"),
    )
    line = models.ForeignKey(
        "contracts.ContractLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contract line"),
        help_text=_("the line that an amount a month is taken off; empty: all lines"),
    )
    percent = models.DecimalField(
        _("percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    amount_a_month = models.DecimalField(
        _("amount a month"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(
        _("reason"), max_length=120, help_text=_("as the client reads it on the invoice")
    )
    starts_on = models.DateField(_("first day"))
    last_day_on = models.DateField(_("last day"), null=True, blank=True)

    objects = AgreedDiscountQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreed discount")
        verbose_name_plural = _("agreed discounts")
        ordering = ["client", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    percent__isnull=False, percent__gt=0, percent__lte=100, amount_a_month=None
                )
                | Q(
                    amount_a_month__isnull=False,
                    amount_a_month__gt=0,
                    percent=None,
                    line__isnull=False,
                ),
                name="billing_agreeddiscount_percent_or_amount",
                violation_error_message=_(
                    "Give a percentage above 0 and up to 100, or an amount a month off one line."
                ),
            ),
            models.CheckConstraint(
                condition=Q(last_day_on=None) | Q(last_day_on__gte=F("starts_on")),
                name="billing_agreeddiscount_days_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    def clean(self) -> None:
        """Refuse the contract of another client, and the line of another contract."""
        if self.contract and self.contract.client_id != self.client_id:
            raise ValidationError({"contract": _("This contract is another client's.")})
        if self.line and self.line.contract_id != self.contract_id:
            raise ValidationError({"line": _("This line belongs to another contract.")})
