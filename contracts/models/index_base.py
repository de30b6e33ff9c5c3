"""From which price and value a line's index steps start anew."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.contract_line import ContractLine
from contracts.models.indexation import IndexationClause

if TYPE_CHECKING:
    from accounts.models import User


class IndexBaseQuerySet(models.QuerySet["IndexBase"]):
    """New bases, by who may see them."""

    def visible_to(self, user: "User") -> "IndexBaseQuerySet":
        """Return the bases of the contracts this person may see."""
        return self.filter(clause__contract__in=Contract.objects.visible_to(user))


@pghistory.track()
class IndexBase(models.Model):
    """A new base of a line whose price was changed by hand: its price that day, at that value.

    A line that came along from another client brings its base: ``amounts`` is the base price, which
    its own history does not reach back to, and ``reached`` what the steps have raised it to.
    """

    clause = models.ForeignKey(
        IndexationClause, models.CASCADE, related_name="bases", verbose_name=_("clause")
    )
    line = models.ForeignKey(
        ContractLine, models.CASCADE, related_name="index_bases", verbose_name=_("contract line")
    )
    starts_on = models.DateField(
        _("price of"), help_text=_("the price in force that day is the new base")
    )
    month_on = models.DateField(_("base month"), null=True, blank=True)
    value = models.DecimalField(
        _("base value"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    amounts = models.JSONField(_("base price brought along"), null=True, blank=True)
    reached = models.JSONField(_("price reached before"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = IndexBaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("new base of a line")
        verbose_name_plural = _("new bases of lines")
        ordering = ["clause", "line", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "line", "starts_on"], name="contracts_indexbase_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gt=0),
                name="contracts_indexbase_positive",
                violation_error_message=_("The value of an index is above nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.starts_on}"
