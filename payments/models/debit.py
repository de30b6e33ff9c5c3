"""Direct debits: the batches handed to the bank, and what each collects from whom."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models import BankEntry, Invoice, Payment
from clients.models import Client, LegalEntity, Mandate, MandateScheme
from core.outbox import Deliverable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Neither booked nor come back nor let go: it may still bring money.
LIVE = Q(payment=None, returned_on=None, released_at=None)
_OF_BATCH = Q(debits__payment=None, debits__returned_on=None, debits__released_at=None)


class Sequence(models.TextChoices):
    """Which collection by a mandate it is."""

    FIRST = "FRST", _("first")
    RECURRENT = "RCUR", _("recurrent")
    ONE_OFF = "OOFF", _("only one")
    FINAL = "FNAL", _("last")


class DebitBatchQuerySet(models.QuerySet["DebitBatch"]):
    """Batches, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "DebitBatchQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_authenticated and user.is_firm_staff else self.none()

    def with_counts(self) -> "DebitBatchQuerySet":
        """Add what of each batch is still under way, booked and come back."""
        # Counting loses the order of the model, which pages of a list need.
        counted = self.annotate(
            live_count=Count("debits", filter=_OF_BATCH),
            live_total=Sum("debits__amount", filter=_OF_BATCH),
            returned_count=Count("debits", filter=Q(debits__returned_on__isnull=False)),
            booked_count=Count(
                "debits", filter=Q(debits__payment__isnull=False, debits__returned_on=None)
            ),
        )
        return counted.order_by("-collect_on", "-pk")


@pghistory.track(exclude=["file_sealed"])
class DebitBatch(models.Model):
    """Direct debits of one day and scheme: one file for the bank, never made twice."""

    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, related_name="+", verbose_name=_("collected by")
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    scheme = models.CharField(_("scheme"), max_length=4, choices=MandateScheme.choices)
    collect_on = models.DateField(_("collection"))
    debit_count = models.PositiveIntegerField(_("direct debits"))
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    file_sealed = models.TextField(_("file, sealed"))
    file_sha256 = models.CharField(_("checksum of the file"), max_length=64)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("handed to the bank"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    objects = DebitBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("direct debit batch")
        verbose_name_plural = _("direct debit batches")
        ordering = ["-collect_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gt=0, debit_count__gt=0),
                name="payments_debitbatch_collects_something",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the address of the batch's page."""
        return reverse("payments:batch", args=[self.pk])


class DirectDebitQuerySet(models.QuerySet["DirectDebit"]):
    """Direct debits, by who may see them and how far they are."""

    def visible_to(self, user: "User | AnonymousUser") -> "DirectDebitQuerySet":
        """Return the direct debits of the clients whose money this person may see."""
        return self.filter(invoice__client__in=Client.objects.with_money_visible_to(user))

    def live(self) -> "DirectDebitQuerySet":
        """Return those that may still bring money."""
        return self.filter(LIVE)

    def unnoticed_returns(self) -> "DirectDebitQuerySet":
        """Return those whose payment was reversed as bounced, without a word of it here."""
        bounced = Q(payment__reversal__isnull=False)
        return self.filter(bounced, returned_on=None)


@pghistory.track()
class DirectDebit(models.Model):
    """What is collected for one invoice by one mandate."""

    batch = models.ForeignKey(
        DebitBatch, models.PROTECT, related_name="debits", verbose_name=_("batch")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="direct_debits", verbose_name=_("invoice")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="direct_debits", verbose_name=_("mandate")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    sequence = models.CharField(_("sequence"), max_length=4, choices=Sequence.choices)
    end_to_end_id = models.CharField(_("end-to-end reference"), max_length=35, unique=True)
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, blank=True, related_name="direct_debit"
    )
    bank_entry = models.ForeignKey(
        BankEntry, models.PROTECT, null=True, blank=True, related_name="direct_debits"
    )
    returned_on = models.DateField(_("came back on"), null=True, blank=True)
    return_code = models.CharField(_("reason code"), max_length=4, blank=True)
    return_note = models.CharField(_("note"), max_length=200, blank=True)
    released_at = models.DateTimeField(_("let go"), null=True, blank=True)

    objects = DirectDebitQuerySet.as_manager()

    class Meta:
        verbose_name = _("direct debit")
        verbose_name_plural = _("direct debits")
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=LIVE, name="payments_directdebit_one_live"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_directdebit_positive"),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(payment=None, returned_on=None),
                name="payments_directdebit_one_end",
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end_id

    @property
    def is_live(self) -> bool:
        """Whether it may still bring money."""
        return not (self.payment_id or self.returned_on or self.released_at)


class DebitNoticeQuerySet(models.QuerySet["DebitNotice"]):
    """Announcements, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "DebitNoticeQuerySet":
        """Return the announcements to the clients whose money this person may see."""
        return self.filter(debit__invoice__client__in=Client.objects.with_money_visible_to(user))


class DebitNotice(Deliverable):
    """The mail that announces a collection which the invoice itself did not announce."""

    debit = models.OneToOneField(
        DirectDebit, models.PROTECT, related_name="notice", verbose_name=_("direct debit")
    )

    objects = DebitNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement of a direct debit")
        verbose_name_plural = _("announcements of direct debits")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="payments_notice_waiting"
            ),
        ]
