"""What a contract's fixed price includes."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract

if TYPE_CHECKING:
    from accounts.models import User


class CoverageRuleQuerySet(models.QuerySet["CoverageRule"]):
    """Coverage rules, by who may see them."""

    def visible_to(self, user: "User") -> "CoverageRuleQuerySet":
        """Return the rules of the contracts this person may see."""
        return self.filter(contract__in=Contract.objects.visible_to(user))


@pghistory.track()
class CoverageRule(models.Model):
    """Work of one type costs nothing more while the contract is in force."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="coverage", verbose_name=_("contract")
    )
    work_type = models.ForeignKey(
        "catalog.WorkType", models.PROTECT, related_name="+", verbose_name=_("work type")
    )

    objects = CoverageRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage rule")
        verbose_name_plural = _("coverage rules")
        ordering = ["contract", "work_type__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "work_type"], name="contracts_coveragerule_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.work_type)
