"""Which work a contract includes, prices or excludes."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalog.models.tax_rate import DateRange
from contracts.models.contract import Contract, ContractPartQuerySet


class CoverageEffect(models.TextChoices):
    """What the contract says about the work."""

    INCLUDED = "included", _("included")
    AT_RATE = "at_rate", _("at the contract's rate")
    EXCLUDED = "excluded", _("excluded")


class CoverageTerms(models.Model):
    """What is said about work that meets all conditions; an empty condition is met by all work."""

    work_type = models.ForeignKey(
        "catalog.WorkType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("work type"),
        help_text=_("empty: all"),
    )
    category = models.ForeignKey(
        "catalog.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("empty: all"),
    )
    asset_group = models.CharField(
        _("group of devices"), max_length=60, blank=True, help_text=_("empty: all")
    )
    effect = models.CharField(
        _("is"), max_length=8, choices=CoverageEffect.choices, default=CoverageEffect.INCLUDED
    )
    hourly_rate = models.DecimalField(
        _("hourly rate"), max_digits=10, decimal_places=4, null=True, blank=True
    )

    class Meta:
        abstract = True


@pghistory.track()
class CoverageRule(CoverageTerms):
    """What a contract says about some work; of several rules that fit, the closest one counts."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="coverage", verbose_name=_("contract")
    )
    site = models.ForeignKey(
        "clients.Site",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("empty: all"),
    )
    starts_on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("empty: with the contract")
    )
    last_day_on = models.DateField(
        _("through"), null=True, blank=True, help_text=_("empty: with the contract")
    )

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage rule")
        verbose_name_plural = _("coverage rules")
        ordering = ["contract", "work_type__position", "pk"]
        constraints = [
            ExclusionConstraint(
                name="contracts_coveragerule_one_a_day",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (Coalesce("work_type", 0), RangeOperators.EQUAL),
                    (Coalesce("category", 0), RangeOperators.EQUAL),
                    (Coalesce("site", 0), RangeOperators.EQUAL),
                    ("asset_group", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts_on",
                            "last_day_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another rule says something about the same work."),
            ),
            models.CheckConstraint(
                condition=Q(effect=CoverageEffect.AT_RATE, hourly_rate__gte=0)
                | ~Q(effect=CoverageEffect.AT_RATE) & Q(hourly_rate=None),
                name="contracts_coveragerule_rate_where_priced",
                violation_error_message=_("A rate belongs to work at the contract's rate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_type or '*'}: {self.get_effect_display()}"

    @property
    def is_simple(self) -> bool:
        """Whether it includes work of its type without any further condition."""
        is_free = self.category_id is None and self.site_id is None and not self.asset_group
        return is_free and self.effect == CoverageEffect.INCLUDED
