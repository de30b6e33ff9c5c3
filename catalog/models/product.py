"""A thing or a known job with a price."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.tax_rate import TaxCode
from core.addresses import address_of


class ProductKind(models.TextChoices):
    """How a product is sold."""

    PART = "part", _("part")
    RECURRING = "recurring", _("recurring service")
    FLAT_RATE = "flat_rate", _("flat-rate service")


class ProductQuerySet(models.QuerySet["Product"]):
    """Products, by how they are sold."""

    def parts(self) -> "ProductQuerySet":
        """Return the parts on sale."""
        return self.filter(kind=ProductKind.PART, is_active=True)

    def flat_rates(self) -> "ProductQuerySet":
        """Return the flat-rate services on sale."""
        return self.filter(kind=ProductKind.FLAT_RATE, is_active=True)

    def recurring(self) -> "ProductQuerySet":
        """Return the recurring services on sale."""
        return self.filter(kind=ProductKind.RECURRING, is_active=True)


@pghistory.track()
class Product(models.Model):
    """A part, a recurring service, or a known job at a flat rate."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=ProductKind.choices)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4)
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=4, null=True, blank=True)
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )
    ledger_account = models.CharField(_("ledger account"), max_length=16, blank=True)
    is_active = models.BooleanField(_("on sale"), default=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="catalog_product_price_not_negative",
                violation_error_message=_("A price cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the product is changed."""
        return address_of("catalog:product-edit", self.pk)
