"""Money that came in."""

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models.closing import not_into_closed
from billing.models.invoice import Invoice
from billing.models.refund import PaymentMethod, Refund
from clients.models import Client
from core.money import ZERO

if TYPE_CHECKING:
    from accounts.models import User


# An allocation is dated by the moment it was made, in the firm's own zone.
RECORDED_DAY = (
    "(NEW.recorded_at AT TIME ZONE"
    " (SELECT time_zone FROM clients_legalentity WHERE is_default))::date"
)
MONEY = models.DecimalField(max_digits=14, decimal_places=2)


def append_only() -> pgtrigger.Trigger:
    """Return the trigger that lets the database itself refuse to change or delete a row."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments, by who may see them."""

    def visible_to(self, user: "User") -> "PaymentQuerySet":
        """Return the payments of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))

    def with_rest(self) -> "PaymentQuerySet":
        """Add ``is_reversed`` and ``rest``, what of it is used for nothing: the client's credit."""
        used = (
            Allocation.objects.filter(payment=OuterRef("pk"))
            .order_by()
            .values("payment")
            .annotate(used=Sum("amount"))
            .values("used")
        )
        return self.annotate(
            is_reversed=Exists(Reversal.objects.filter(payment=OuterRef("pk"))),
            used=Coalesce(Subquery(used), Value(ZERO), output_field=MONEY),
        ).annotate(
            rest=Case(
                When(is_reversed=True, then=Value(ZERO)),
                default=F("amount") - F("used"),
                output_field=MONEY,
            )
        )

    def with_credit(self) -> "PaymentQuerySet":
        """Return the payments of which something is left, the oldest first."""
        return self.with_rest().filter(Q(rest__gt=0)).order_by("received_on", "pk")


@pghistory.track()
class Payment(models.Model):
    """Money received from a client."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="payments", verbose_name=_("client")
    )
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    method = models.CharField(
        _("method"), max_length=12, choices=PaymentMethod.choices, default=PaymentMethod.TRANSFER
    )
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="billing_payment_positive",
                violation_error_message=_("A payment must be more than nothing."),
            ),
        ]
        triggers = [append_only(), not_into_closed("NEW.received_on")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def get_absolute_url(self) -> str:
        """Return the address of the payment's page on the desk."""
        return reverse("billing:payment", args=[self.pk])


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Allocations, by who may see them and whether they stand."""

    def visible_to(self, user: "User") -> "AllocationQuerySet":
        """Return the allocations of the payments this person may see."""
        return self.filter(payment__client__in=Client.objects.with_money_visible_to(user))

    def standing(self) -> "AllocationQuerySet":
        """Return the allocations that no counter-entry has released."""
        return self.filter(releases=None, released_by=None)


@pghistory.track()
class Allocation(models.Model):
    """The part of a payment that pays an invoice, or that was paid back.

    Rows are only ever added: a release is a counter-entry of the same amount below nothing, so that
    sums are right without knowing which rows still stand.
    """

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="allocations", verbose_name=_("payment")
    )
    invoice = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="allocations",
        verbose_name=_("invoice"),
    )
    refund = models.ForeignKey(
        Refund,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="allocations",
        verbose_name=_("refund"),
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    releases = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="released_by",
        verbose_name=_("releases"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, releases=None) | Q(amount__lt=0, releases__isnull=False),
                name="billing_allocation_adds_or_releases",
            ),
            models.CheckConstraint(
                condition=Q(invoice__isnull=False, refund=None)
                | Q(invoice=None, refund__isnull=False),
                name="billing_allocation_to_one_thing",
            ),
        ]
        triggers = [append_only(), not_into_closed(RECORDED_DAY)]

    def __str__(self) -> str:
        return f"{self.amount}"


class ReversalReason(models.TextChoices):
    """Why money that was recorded does not count."""

    BOUNCED = "bounced", _("the bank took it back")
    MISTAKE = "mistake", _("entered by mistake")


class ReversalQuerySet(models.QuerySet["Reversal"]):
    """Reversals, by who may see them."""

    def visible_to(self, user: "User") -> "ReversalQuerySet":
        """Return the reversals at the clients whose money this person may see."""
        clients = Client.objects.with_money_visible_to(user)
        return self.filter(Q(payment__client__in=clients) | Q(refund__client__in=clients))


class Reversal(models.Model):
    """A payment or a refund that does not count after all; what it was used for is released."""

    payment = models.OneToOneField(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
        verbose_name=_("payment"),
    )
    refund = models.OneToOneField(
        Refund,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
        verbose_name=_("refund"),
    )
    reason = models.CharField(_("reason"), max_length=8, choices=ReversalReason.choices)
    reversed_on = models.DateField(_("reversed on"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReversalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=False, refund=None)
                | Q(payment=None, refund__isnull=False),
                name="billing_reversal_of_one_thing",
            ),
        ]
        triggers = [append_only(), not_into_closed("NEW.reversed_on")]

    def __str__(self) -> str:
        return str(self.get_reason_display())
