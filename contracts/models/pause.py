"""Days on which a contract rests."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.tax_rate import DateRange
from contracts.models.contract import Contract, ContractPartQuerySet
from core.periods import Period


@pghistory.track()
class ContractPause(models.Model):
    """Days on which a contract is neither served nor owed."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="pauses", verbose_name=_("contract")
    )
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(
        _("through"), null=True, blank=True, help_text=_("inclusive; empty: until further notice")
    )
    reason = models.CharField(_("why"), max_length=200)

    objects = ContractPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of a contract")
        verbose_name_plural = _("pauses of contracts")
        ordering = ["contract", "starts_on"]
        constraints = [
            ExclusionConstraint(
                name="contracts_contractpause_one_a_day",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts_on",
                            "last_day_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The contract already rests on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="contracts_contractpause_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.starts_on}"

    @property
    def days(self) -> Period:
        """The days of the pause."""
        return Period.through(self.starts_on, self.last_day_on)
