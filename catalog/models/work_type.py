"""A kind of work."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.tax_rate import TaxCode


@pghistory.track()
class WorkType(models.Model):
    """A kind of work with a rate of its own: remote, on site, travel, after hours."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )
    ledger_account = models.CharField(_("ledger account"), max_length=16, blank=True)
    multiplier = models.DecimalField(
        _("multiplier"),
        max_digits=4,
        decimal_places=2,
        default=1,
        help_text=_("of the hourly rate; with a surcharge of the hour the higher one counts"),
    )
    takes_surcharges = models.BooleanField(
        _("takes surcharges"),
        default=True,
        help_text=_("off where the rate already is one for nights or weekends"),
    )
    after_hours_type = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("outside business hours rated as"),
        help_text=_("the part of an entry with a start and an end; empty: as it is logged"),
    )
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("work type")
        verbose_name_plural = _("work types")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(multiplier__gt=0),
                name="catalog_worktype_multiplier_positive",
                violation_error_message=_("A multiplier must be above nothing."),
            ),
            models.CheckConstraint(
                condition=~models.Q(after_hours_type=models.F("id")),
                name="catalog_worktype_rated_as_another",
                violation_error_message=_("Name another work type, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the work type is changed."""
        return reverse("catalog:work-type-edit", args=[self.pk])
