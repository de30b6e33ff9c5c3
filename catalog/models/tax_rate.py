"""What the state takes."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class TaxCode(models.TextChoices):
    """Which of a country's rates a product falls under."""

    STANDARD = "standard", _("standard rate")
    INTERMEDIATE = "intermediate", _("intermediate rate")
    REDUCED = "reduced", _("reduced rate")
    SPECIAL = "special", _("special rate")
    ZERO = "zero", _("zero rate")


class DateRange(Func):
    """The days from one column through another, for constraints."""

    function = "DATERANGE"
    output_field = DateRangeField()


@pghistory.track()
class TaxRate(models.Model):
    """A rate of value-added tax in a country, with the days on which it holds."""

    country = models.CharField(_("country"), max_length=2)
    tax_code = models.CharField(_("tax code"), max_length=12, choices=TaxCode.choices)
    rate = models.DecimalField(_("rate in %"), max_digits=5, decimal_places=2)
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"), null=True, blank=True)

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["country", "tax_code", "-starts_on"]
        constraints = [
            ExclusionConstraint(
                name="catalog_taxrate_one_a_day",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    ("tax_code", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts_on",
                            "last_day_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another rate holds on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="catalog_taxrate_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.get_tax_code_display()} {self.rate} %"
