"""Prices that rise by agreement."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract, ContractPartQuerySet


@pghistory.track()
class IndexTable(models.Model):
    """A published price index, by name: Syntec, consumer prices."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    source = models.CharField(_("published by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("price index")
        verbose_name_plural = _("price indexes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class IndexValue(models.Model):
    """The value of an index for a month, named by its first day."""

    table = models.ForeignKey(
        IndexTable, models.CASCADE, related_name="values", verbose_name=_("price index")
    )
    month_on = models.DateField(_("month"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)

    class Meta:
        verbose_name = _("value of an index")
        verbose_name_plural = _("values of indexes")
        ordering = ["table", "-month_on"]
        constraints = [
            models.UniqueConstraint(fields=["table", "month_on"], name="contracts_indexvalue_once"),
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="contracts_indexvalue_positive",
                violation_error_message=_("The value of an index is above nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.month_on:%Y-%m}: {self.value}"


class IndexationKind(models.TextChoices):
    """By what prices rise."""

    PERCENT = "percent", _("fixed percentage")
    INDEX = "index", _("price index")


@pghistory.track()
class IndexationClause(models.Model):
    """How and when the prices of a contract rise: by a percentage or with an index.

    An index always compares with its base: price = base price x new value / base value, so that
    steps never compound by mistake. Cap and floor limit one step, in percent of the price before.
    """

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="indexation_clauses", verbose_name=_("contract")
    )
    kind = models.CharField(
        _("prices rise by"),
        max_length=8,
        choices=IndexationKind.choices,
        default=IndexationKind.PERCENT,
    )
    percent = models.DecimalField(
        _("percentage"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    is_compound = models.BooleanField(
        _("on the price before"), default=True, help_text=_("off: always on the first price")
    )
    table = models.ForeignKey(
        IndexTable,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("price index"),
    )
    base_month_on = models.DateField(_("base month"), null=True, blank=True)
    base_value = models.DecimalField(
        _("base value"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    lag_months = models.PositiveSmallIntegerField(
        _("value of so many months before"),
        default=0,
        help_text=_("which month's value a step takes"),
    )
    cap_percent = models.DecimalField(
        _("at most %"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    floor_percent = models.DecimalField(
        _("at least %"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField(_("rounded to decimals"), default=2)
    first_on = models.DateField(_("first step on"))
    every_months = models.PositiveSmallIntegerField(_("then every months"), default=12)
    last_day_on = models.DateField(_("holds through"), null=True, blank=True)

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("indexation clause")
        verbose_name_plural = _("indexation clauses")
        ordering = ["contract", "first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=IndexationKind.PERCENT, percent__isnull=False)
                | Q(kind=IndexationKind.INDEX, table__isnull=False, base_value__gt=0),
                name="contracts_indexationclause_complete",
                violation_error_message=_("Name the percentage, or the index and its base value."),
            ),
            models.CheckConstraint(
                condition=Q(every_months__gte=1, decimals__lte=4),
                name="contracts_indexationclause_steps",
                violation_error_message=_("Steps are at least a month apart."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.get_kind_display()}"


@pghistory.track()
class Indexation(models.Model):
    """A step of a clause that was applied, or left out by decision; each step once."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="indexations", verbose_name=_("contract")
    )
    clause = models.ForeignKey(
        IndexationClause, models.CASCADE, related_name="steps", verbose_name=_("clause")
    )
    effective_on = models.DateField(_("from"))
    is_applied = models.BooleanField(_("applied"), default=True)
    factor = models.DecimalField(_("factor"), max_digits=12, decimal_places=8)
    basis = models.JSONField(_("arithmetic"), default=dict)
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("indexation")
        verbose_name_plural = _("indexations")
        ordering = ["contract", "-effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "effective_on"], name="contracts_indexation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.effective_on}"
