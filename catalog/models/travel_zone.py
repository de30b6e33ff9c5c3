"""Journeys with a price of their own."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.tax_rate import DateRange


@pghistory.track()
class TravelZone(models.Model):
    """A zone in which each journey costs a fixed price, instead of the time on the road."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("travel zone")
        verbose_name_plural = _("travel zones")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the zone's prices are shown."""
        return reverse("catalog:travel-zone", args=[self.pk])


@pghistory.track()
class TravelZonePrice(models.Model):
    """What a journey into a zone costs from a day on."""

    zone = models.ForeignKey(
        TravelZone, models.CASCADE, related_name="prices", verbose_name=_("travel zone")
    )
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=4)
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"), null=True, blank=True)

    class Meta:
        verbose_name = _("price of a travel zone")
        verbose_name_plural = _("prices of travel zones")
        ordering = ["zone", "-starts_on"]
        constraints = [
            ExclusionConstraint(
                name="catalog_travelzoneprice_one_a_day",
                expressions=[
                    ("zone", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts_on",
                            "last_day_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another price holds on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="catalog_travelzoneprice_not_negative",
                violation_error_message=_("A price cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone}: {self.price}"
