"""What an euro is worth in another currency."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ExchangeRateQuerySet(models.QuerySet["ExchangeRate"]):
    """Exchange rates, for the firm's own people only."""

    def visible_to(self, user: "User | AnonymousUser") -> "ExchangeRateQuerySet":
        """Return the rates, none for clients' people."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


@pghistory.track()
class ExchangeRate(models.Model):
    """How much of a currency one euro buys from a day on; copied into what is issued by it."""

    currency = models.CharField(_("currency"), max_length=3)
    valid_from_on = models.DateField(_("from this day on"))
    rate = models.DecimalField(
        _("one euro buys"),
        max_digits=16,
        decimal_places=6,
        help_text=_("as the European Central Bank publishes it: 1 EUR = 1.0856 USD is 1.0856"),
    )

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-valid_from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "valid_from_on"],
                name="billing_exchangerate_once_a_day",
                violation_error_message=_("This currency has a rate of that day already."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="billing_exchangerate_positive",
                violation_error_message=_("A rate is more than nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(currency="EUR"),
                name="billing_exchangerate_not_of_the_euro",
                violation_error_message=_("The euro needs no rate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from_on:%Y-%m-%d}"
