"""What was decided at the end of a contract's term."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract, ContractPartQuerySet


class RenewalDecision(models.TextChoices):
    """What was decided about the term to come."""

    RENEWED = "renewed", _("renewed")
    AUTOMATIC = "automatic", _("renewed by itself")
    ENDED = "ended", _("ended")


@pghistory.track()
class Renewal(models.Model):
    """The decision about a term that ended; each term is decided once."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="renewals", verbose_name=_("contract")
    )
    term_ended_on = models.DateField(_("term ended"))
    decision = models.CharField(_("decision"), max_length=10, choices=RenewalDecision.choices)
    next_term_ends_on = models.DateField(_("next term ends"), null=True, blank=True)
    uplift = models.DecimalField(_("increase in %"), max_digits=5, decimal_places=2, default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"))
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
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")
        ordering = ["contract", "-term_ended_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "term_ended_on"], name="contracts_renewal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.get_decision_display()}"
