"""Hours that a contract includes, and hours bought in advance."""

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import TaxCode
from clients.models import Client
from contracts.models.contract import Contract, ContractPartQuerySet
from contracts.models.line_terms import BillingAnchor

if TYPE_CHECKING:
    from accounts.models import User


class Rollover(models.TextChoices):
    """What becomes of hours that a month leaves over."""

    NONE = "none", _("they expire")
    OLDEST_FIRST = "oldest_first", _("carried on, the oldest used first")


class AllowanceTerms(models.Model):
    """Minutes a month, and what becomes of those left over."""

    name = models.CharField(_("name"), max_length=120)
    minutes = models.PositiveIntegerField(_("minutes a month"))
    work_types = models.ManyToManyField(
        "catalog.WorkType",
        blank=True,
        related_name="+",
        verbose_name=_("for"),
        help_text=_("none: for all work that the contract includes"),
    )
    anchor = models.CharField(
        _("months"), max_length=12, choices=BillingAnchor.choices, default=BillingAnchor.CALENDAR
    )
    overage_rate = models.DecimalField(
        _("rate beyond it"),
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("an hour; empty: the client's rate"),
    )
    rollover = models.CharField(
        _("hours left over"), max_length=12, choices=Rollover.choices, default=Rollover.NONE
    )
    cap_minutes = models.PositiveIntegerField(
        _("carried at most, in minutes"), null=True, blank=True
    )
    age_months = models.PositiveSmallIntegerField(_("carried for months"), default=1)
    prorates_stub = models.BooleanField(_("prorated in a first part month"), default=False)
    low_balance_minutes = models.PositiveIntegerField(
        _("warn at minutes left"), null=True, blank=True
    )

    class Meta:
        abstract = True


@pghistory.track()
class Allowance(AllowanceTerms):
    """Minutes a month that a contract includes, from a day on."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="allowances", verbose_name=_("contract")
    )
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"), null=True, blank=True)

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        ordering = ["contract", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="contracts_allowance_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def counted_from(self) -> date:
        """The day from which the months are counted; from a 31st they end with shorter months."""
        is_calendar = self.anchor == BillingAnchor.CALENDAR
        return self.starts_on.replace(day=1) if is_calendar else self.contract.counted_from


@pghistory.track()
class DrawWeight(models.Model):
    """How many minutes one minute of some work takes from a contract's hours."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="draw_weights", verbose_name=_("contract")
    )
    work_type = models.ForeignKey(
        "catalog.WorkType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("work type"),
    )
    work_role = models.ForeignKey(
        "catalog.WorkRole",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("work role"),
    )
    factor = models.DecimalField(
        pgettext_lazy("a weight of hours", "counts"), max_digits=5, decimal_places=2
    )

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("weight of hours")
        verbose_name_plural = _("weights of hours")
        ordering = ["contract", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "work_type", "work_role"],
                nulls_distinct=False,
                name="contracts_drawweight_once",
                violation_error_message=_("This work already has a weight."),
            ),
            models.CheckConstraint(
                condition=Q(factor__gt=0),
                name="contracts_drawweight_positive",
                violation_error_message=_("A weight must be above nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_type or '*'} / {self.work_role or '*'}: {self.factor}"


class BlockUnit(models.TextChoices):
    """What a prepaid block holds."""

    MINUTES = "minutes", _("hours")
    MONEY = "money", _("money")
    INCIDENTS = "incidents", _("incidents")


class PrepaidBlockQuerySet(models.QuerySet["PrepaidBlock"]):
    """Prepaid blocks, by who may see them."""

    def visible_to(self, user: "User") -> "PrepaidBlockQuerySet":
        """Return the blocks of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


@pghistory.track()
class PrepaidBlock(models.Model):
    """Hours, money or incidents bought in advance; the quantity of hours is in minutes."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="prepaid_blocks", verbose_name=_("client")
    )
    contract = models.ForeignKey(
        Contract,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="prepaid_blocks",
        verbose_name=_("contract"),
        help_text=_("empty: for work that no contract covers"),
    )
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(
        _("holds"), max_length=10, choices=BlockUnit.choices, default=BlockUnit.MINUTES
    )
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    moved_quantity = models.DecimalField(
        _("moved to another client"), max_digits=12, decimal_places=4, default=0, db_default=0
    )
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4)
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, null=True, blank=True, verbose_name=_("product")
    )
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )
    work_types = models.ManyToManyField(
        "catalog.WorkType",
        blank=True,
        related_name="+",
        verbose_name=_("for"),
        help_text=_("none: for all types of work"),
    )
    sold_on = models.DateField(_("sold on"))
    starts_on = models.DateField(_("valid from"))
    last_day_on = models.DateField(
        _("valid through"), null=True, blank=True, help_text=_("empty: it does not expire")
    )
    low_balance = models.DecimalField(
        _("warn at"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    tops_up = models.BooleanField(
        _("tops up by itself"),
        default=False,
        help_text=_("another one is sold when what is left comes to the warning"),
    )
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("tops up"),
    )
    billed_elsewhere = models.BooleanField(_("billed by another system"), default=False)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)

    objects = PrepaidBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("prepaid block")
        verbose_name_plural = _("prepaid blocks")
        ordering = ["client", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gte=0),
                name="contracts_prepaidblock_positive",
                violation_error_message=_("Quantity must be positive and the price not negative."),
            ),
            models.CheckConstraint(
                condition=Q(moved_quantity__gte=0, moved_quantity__lte=F("quantity")),
                name="contracts_prepaidblock_moved_within",
                violation_error_message=_("No more can move than the block holds."),
            ),
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="contracts_prepaidblock_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the block's page on the desk."""
        return reverse("billing:block", args=[self.pk])
