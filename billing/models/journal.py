"""Numbers without gaps, and the chain that proves that nothing was altered."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.closing import not_linked_into_closed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    """Series of numbers, for the firm's own people only."""

    def visible_to(self, user: "User | AnonymousUser") -> "NumberSeriesQuerySet":
        """Return the series, none for clients' people."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class NumberSeries(models.Model):
    """The counter of a legal entity's documents of one kind in one year; locked to count."""

    legal_entity = models.ForeignKey(
        "clients.LegalEntity", models.PROTECT, related_name="number_series"
    )
    document_kind = models.CharField(_("document"), max_length=16, default="invoice")
    year = models.PositiveSmallIntegerField(_("year"))
    prefix = models.CharField(_("prefix"), max_length=8)
    last = models.PositiveIntegerField(_("last number"), default=0)
    last_issued_on = models.DateField(_("date of the last number"), null=True, blank=True)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "document_kind", "year"], name="billing_numberseries_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class JournalEntry(models.Model):
    """One link of the chain: what happened to a document or to money, sealed onto all before it.

    ``digest`` is the SHA-256 of the document or the money in canonical form; ``hash`` is the
    SHA-256 of the previous hash, the position, the event and the digest.
    """

    legal_entity = models.ForeignKey(
        "clients.LegalEntity", models.PROTECT, related_name="journal_entries"
    )
    position = models.PositiveBigIntegerField(_("position"))
    event = models.CharField(_("event"), max_length=16, default="issue")
    invoice = models.ForeignKey(
        "billing.Invoice", models.PROTECT, null=True, related_name="journal_entries"
    )
    payment = models.ForeignKey(
        "billing.Payment", models.PROTECT, null=True, related_name="journal_entries"
    )
    refund = models.ForeignKey(
        "billing.Refund", models.PROTECT, null=True, related_name="journal_entries"
    )
    reversal = models.ForeignKey(
        "billing.Reversal", models.PROTECT, null=True, related_name="journal_entries"
    )
    cancellation = models.ForeignKey(
        "billing.Cancellation", models.PROTECT, null=True, related_name="journal_entries"
    )
    write_off = models.ForeignKey(
        "billing.WriteOff", models.PROTECT, null=True, related_name="journal_entries"
    )
    closing = models.ForeignKey(
        "billing.Closing", models.PROTECT, null=True, related_name="journal_entries"
    )
    export = models.ForeignKey(
        "billing.Export", models.PROTECT, null=True, related_name="journal_entries"
    )
    digest = models.CharField(_("digest"), max_length=64)
    previous_hash = models.CharField(_("previous hash"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("empty where a command or a run issued"),
    )

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["legal_entity", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "position"], name="billing_journalentry_position_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_linked_into_closed(),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.event}"
