"""What keeps a run from reading all that was ever billed; triggers on claims and evidence keep it.

Both tables are hints of where to look, never what is owed: the engine decides on what is read, and
the constraints of claims on what can be written.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models import ContractLine


class EvidenceKind(models.TextChoices):
    """What sort of evidence it is; spelled as the column of a claim that holds it."""

    TIME = "time_entry", _("time entry")
    PART = "part_used", _("part")
    FLAT_RATE = "flat_rate_item", _("flat rate")


class OpenEvidence(models.Model):
    """Work, a part or a flat rate that no live charge holds and no other system has billed.

    Triggers put a row in with the evidence, take it out with a live claim, and put it in again when
    the last one is released or goes with its draft (migration 0031).
    """

    kind = models.CharField(_("kind"), max_length=14, choices=EvidenceKind.choices)
    evidence_id = models.BigIntegerField(_("row it names"))
    owner_id = models.BigIntegerField(_("client"))

    class Meta:
        verbose_name = _("open evidence")
        verbose_name_plural = _("open evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "evidence_id"], name="billing_openevidence_once"
            ),
        ]
        indexes = [
            models.Index(fields=["owner_id", "kind"], name="billing_openevidence_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.evidence_id}"


class SettledLine(models.Model):
    """A contract line that was found billed as it is owed in all its periods before a day.

    That holds as long as the line's terms are the ones of ``digest``. Where a claim on an earlier
    period comes or goes, a trigger takes the row away, and the next run looks at everything again.
    """

    line = models.OneToOneField(
        ContractLine, models.CASCADE, primary_key=True, related_name="settled"
    )
    before_on = models.DateField(_("settled before"))
    digest = models.CharField(_("digest of its terms"), max_length=64)

    class Meta:
        verbose_name = _("settled line")
        verbose_name_plural = _("settled lines")

    def __str__(self) -> str:
        return f"{self.line_id} {self.before_on}"
