"""A line of an invoice that its client does not accept."""

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, Invoice
from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DisputeState(models.TextChoices):
    """Where a dispute stands; only an open one keeps its amount from being asked for."""

    OPEN = "open", _("in dispute")
    CREDITED = "credited", _("settled by a credit note")
    RELEASED = "released", _("released: it is to be paid")
    WITHDRAWN = "withdrawn", _("withdrawn by the client")


class DisputeGround(models.TextChoices):
    """What is wrong with the line, as the client sees it."""

    NOT_DELIVERED = "not_delivered", _("was not done or not delivered")
    NOT_ORDERED = "not_ordered", _("was not ordered")
    COVERED = "covered", _("is covered by our contract")
    QUANTITY = "quantity", _("time or quantity is wrong")
    PRICE = "price", _("price is wrong")
    OTHER = "other", _("something else")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Disputes, by who may see them and whether they are open."""

    def visible_to(self, user: "User | AnonymousUser") -> "DisputeQuerySet":
        """Return the disputes of the invoices this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))

    def open(self) -> "DisputeQuerySet":
        """Return the disputes that nobody has ended."""
        return self.filter(state=DisputeState.OPEN)


@pghistory.track()
class Dispute(models.Model):
    """A line that a client does not accept, until it is credited, released or accepted after all.

    While it is open, what is left of the line with its share of the tax is neither asked for by
    reminders nor collected by itself.
    """

    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="disputes", verbose_name=_("invoice")
    )
    line = models.ForeignKey(
        Charge, models.PROTECT, related_name="disputes", verbose_name=_("line")
    )
    ground = models.CharField(_("what is wrong"), max_length=16, choices=DisputeGround.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=DisputeState.choices, default=DisputeState.OPEN
    )
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("opened by"),
    )
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    credit_note = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("credit note"),
    )

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state=DisputeState.OPEN),
                name="collecting_dispute_one_open_a_line",
            ),
            models.CheckConstraint(
                condition=Q(state=DisputeState.OPEN, closed_at=None, credit_note=None)
                | (~Q(state=DisputeState.OPEN) & Q(closed_at__isnull=False)),
                name="collecting_dispute_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(credit_note=None) | Q(state=DisputeState.CREDITED),
                name="collecting_dispute_note_where_credited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.line}"

    def get_absolute_url(self) -> str:
        """Return the address of the dispute's page on the desk."""
        return address_of("collecting:dispute", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether nobody has ended it."""
        return self.state == DisputeState.OPEN


class DisputeMessageQuerySet(models.QuerySet["DisputeMessage"]):
    """What was said about disputes, by who may read it."""

    def visible_to(self, user: "User | AnonymousUser") -> "DisputeMessageQuerySet":
        """Return what was said about the disputes this person may see."""
        return self.filter(dispute__in=Dispute.objects.visible_to(user))


class DisputeMessage(models.Model):
    """Something that one side said to the other; it stays as it was said."""

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, related_name="messages", verbose_name=_("dispute")
    )
    body = models.TextField(_("message"), max_length=10_000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    is_from_client = models.BooleanField(_("from the client"))
    written_at = models.DateTimeField(_("written"))

    objects = DisputeMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message about a dispute")
        verbose_name_plural = _("messages about disputes")
        ordering = ["written_at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.body[:60]
