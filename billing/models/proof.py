"""The proof that a run lost nothing."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from billing.models.run import BillingRun

if TYPE_CHECKING:
    from accounts.models import User


class Subject(models.TextChoices):
    """What is counted."""

    MINUTES = "minutes", _("minutes worked")
    TAKEN_BACK = "taken_back", _("minutes taken back")
    PARTS = "parts", _("parts")
    FLAT_RATES = "flat_rates", _("flat rates")
    BLOCKS = "blocks", _("prepaid blocks")
    DAYS = "days", _("contract days")


class Place(models.TextChoices):
    """Where a piece of evidence has gone."""

    BILLED = "billed", pgettext_lazy("evidence", "billed")
    COVERED = "covered", _("covered")
    DRAWN = "drawn", _("drawn")
    FLAT = "flat", _("flat rate")
    WAIVED = "waived", _("waived")
    ELSEWHERE = "elsewhere", _("billed elsewhere")
    HELD = "held", _("held")
    OPEN = "open", pgettext_lazy("evidence", "open")
    LOST = "lost", _("lost")


class RunProofQuerySet(models.QuerySet["RunProof"]):
    """Proofs, by who may see them."""

    def visible_to(self, user: "User") -> "RunProofQuerySet":
        """Return the proofs of visible runs."""
        return self.filter(run__in=BillingRun.objects.visible_to(user))


class RunProof(models.Model):
    """A cell of the proof: so much of a subject has gone to a place, for a reason.

    It is counted from the tables once the run is over, apart from the engine that rated them.
    """

    run = models.ForeignKey(
        BillingRun, models.CASCADE, related_name="proofs", verbose_name=_("billing run")
    )
    subject = models.CharField(_("what"), max_length=10, choices=Subject.choices)
    place = models.CharField(_("where"), max_length=9, choices=Place.choices)
    reason = models.CharField(_("reason"), max_length=24, blank=True)
    pieces = models.PositiveBigIntegerField(_("pieces"))
    amount = models.BigIntegerField(_("quantity"))

    objects = RunProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of a run")
        verbose_name_plural = _("proofs of runs")
        ordering = ["run", "subject", "place", "reason"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "subject", "place", "reason"], name="billing_runproof_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.amount} {self.get_place_display()}"
