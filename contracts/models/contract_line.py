"""One recurring line of a contract, with what it cost when."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contracts.models.contract import Contract
from contracts.models.line_terms import LineTerms, PriceTerms
from core.periods import Period

if TYPE_CHECKING:
    from accounts.models import User


class ContractLineQuerySet(models.QuerySet["ContractLine"]):
    """Contract lines, by who may see them."""

    def visible_to(self, user: "User") -> "ContractLineQuerySet":
        """Return the lines of the contracts this person may see."""
        return self.filter(contract__in=Contract.objects.visible_to(user))


@pghistory.track()
class ContractLine(LineTerms):
    """A recurring service of a contract, billed in its own rhythm while it is in force."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="lines", verbose_name=_("contract")
    )
    plan_line = models.ForeignKey(
        "contracts.PlanLine",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contract_lines",
        verbose_name=_("line of the plan"),
    )
    count_site = models.ForeignKey(
        "clients.Site",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only at site"),
    )
    site = models.ForeignKey(
        "clients.Site",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("for invoices by site; empty: the contract's"),
    )
    cost_centre = models.CharField(
        _("cost centre"), max_length=60, blank=True, help_text=_("empty: the contract's")
    )
    purchase_order = models.ForeignKey(
        "clients.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("purchase order"),
        help_text=_("empty: the contract's"),
    )
    anchor_on = models.DateField(
        _("periods counted from"),
        null=True,
        blank=True,
        help_text=_("empty: the contract's first day"),
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


class ChangeEffect(models.TextChoices):
    """From when a new price or quantity counts."""

    IMMEDIATE = "immediate", _("from this very day")
    NEXT_PERIOD = "next_period", _("from the next period on")


class LineVersionQuerySet(models.QuerySet["LineVersion"]):
    """Line versions, by who may see them."""

    def visible_to(self, user: "User") -> "LineVersionQuerySet":
        """Return the versions of the lines this person may see."""
        return self.filter(line__in=ContractLine.objects.visible_to(user))


@pghistory.track()
class LineVersion(PriceTerms):
    """The quantity and unit price of a line from a day on, until the next version."""

    line = models.ForeignKey(
        ContractLine, models.CASCADE, related_name="versions", verbose_name=_("contract line")
    )
    starts_on = models.DateField(_("from"))
    effect = models.CharField(
        pgettext_lazy("a change", "counts"),
        max_length=12,
        choices=ChangeEffect.choices,
        default=ChangeEffect.IMMEDIATE,
    )
    reason = models.CharField(_("why"), max_length=200, blank=True)

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
                condition=Q(
                    quantity__gte=0,
                    unit_price__gte=0,
                    included_quantity__gte=0,
                    overage_price__gte=0,
                ),
                name="contracts_lineversion_not_negative",
                violation_error_message=_("Quantity and price cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.unit_price}"
