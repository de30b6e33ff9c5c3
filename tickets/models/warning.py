"""Warnings that a promise is running out, each one once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.clock import OfTicketQuerySet, PromiseKind
from tickets.models.ticket import Ticket


class WarningState(models.TextChoices):
    """How far a warning is."""

    WAITING = "waiting", _("waits for working hours")
    SENT = "sent", _("sent")
    NOT_NEEDED = "spared", _("no longer needed")
    FAILED = "failed", _("failed")


class SLAWarning(models.Model):
    """A share of a promised time was used: who is told, when, and whether that went well.

    The row is the outbox: it is written in the transaction that finds the share used, once, and
    whoever delivers it holds its lock.
    """

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="sla_warnings", verbose_name=_("ticket")
    )
    kind = models.CharField(_("about"), max_length=12, choices=PromiseKind.choices)
    target_seconds = models.PositiveIntegerField(_("promised, seconds"))
    percent = models.PositiveSmallIntegerField(_("used, in %"))
    reached_at = models.DateTimeField(_("reached"))
    due_at = models.DateTimeField(_("promise ends"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("told"),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=WarningState.choices, default=WarningState.WAITING
    )
    send_at = models.DateTimeField(_("next attempt"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("SLA warning")
        verbose_name_plural = _("SLA warnings")
        ordering = ["-reached_at", "-pk"]
        indexes = [
            models.Index(
                fields=["send_at"], condition=Q(state="waiting"), name="tickets_slawarning_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind", "target_seconds", "percent", "person"],
                nulls_distinct=False,
                name="tickets_slawarning_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"
