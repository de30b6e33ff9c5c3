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
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("work type")
        verbose_name_plural = _("work types")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the work type is changed."""
        return reverse("catalog:work-type-edit", args=[self.pk])
