"""One recurring line of a contract, with what it cost when."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import TaxCode
from contracts.models.contract import Contract
from core.periods import Period

if TYPE_CHECKING:
    from accounts.models import User


class BillingTiming(models.TextChoices):
    """Whether a month is billed before it is served or after."""

    ADVANCE = "advance", _("in advance")
    ARREARS = "arrears", _("in arrears")


class LineUnit(models.TextChoices):
    """What the quantity of a line counts."""

    FLAT = "flat", _("flat price")
    DEVICE = "device", _("device")
    USER = "user", _("user")
    SITE = "site", _("site")


class ContractLineQuerySet(models.QuerySet["ContractLine"]):
    """Contract lines, by who may see them."""

    def visible_to(self, user: "User") -> "ContractLineQuerySet":
        """Return the lines of the contracts this person may see."""
        return self.filter(contract__in=Contract.objects.visible_to(user))


@pghistory.track()
class ContractLine(models.Model):
    """A recurring service of a contract: billed by calendar month while it is in force."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="lines", verbose_name=_("contract")
    )
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, null=True, blank=True, verbose_name=_("product")
    )
    description = models.CharField(_("description"), max_length=200)
    unit = models.CharField(
        _("priced per"), max_length=8, choices=LineUnit.choices, default=LineUnit.FLAT
    )
    timing = models.CharField(
        _("billed"), max_length=8, choices=BillingTiming.choices, default=BillingTiming.ADVANCE
    )
    starts_on = models.DateField(_("first day"))
    last_day_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("inclusive; empty while it runs on")
    )
    billed_through_on = models.DateField(
        _("billed elsewhere through"),
        null=True,
        blank=True,
        help_text=_("the last day that another system has already billed"),
    )
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )

    objects = ContractLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract line")
        verbose_name_plural = _("contract lines")
        ordering = ["contract", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="contracts_contractline_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def term(self) -> Period:
        """The days on which the line is in force, within its contract's own term."""
        return Period.through(self.starts_on, self.last_day_on).clip_to(self.contract.term)


class LineVersionQuerySet(models.QuerySet["LineVersion"]):
    """Line versions, by who may see them."""

    def visible_to(self, user: "User") -> "LineVersionQuerySet":
        """Return the versions of the lines this person may see."""
        return self.filter(line__in=ContractLine.objects.visible_to(user))


@pghistory.track()
class LineVersion(models.Model):
    """The quantity and monthly unit price of a line from a day on, until the next version."""

    line = models.ForeignKey(
        ContractLine, models.CASCADE, related_name="versions", verbose_name=_("contract line")
    )
    starts_on = models.DateField(_("from"))
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    unit_price = models.DecimalField(_("monthly unit price"), max_digits=14, decimal_places=4)

    objects = LineVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("line version")
        verbose_name_plural = _("line versions")
        ordering = ["line", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "starts_on"],
                name="contracts_lineversion_one_a_day",
                violation_error_message=_("Another version starts on this day."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, unit_price__gte=0),
                name="contracts_lineversion_not_negative",
                violation_error_message=_("Quantity and price cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.unit_price}"
