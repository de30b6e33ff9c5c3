"""Payment online through Stripe: the firm's account, what clients were asked, what Stripe told."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, Payment
from clients.models import Client, LegalEntity
from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class StripeAccountQuerySet(models.QuerySet["StripeAccount"]):
    """The firm's accounts at Stripe, by who may see them and whether they are in use."""

    def visible_to(self, user: "User | AnonymousUser") -> "StripeAccountQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_authenticated and user.is_firm_staff else self.none()

    def offered(self) -> "StripeAccountQuerySet":
        """Return the accounts through which clients may pay."""
        return self.filter(is_on=True).exclude(key_sealed="").exclude(webhook_secret_sealed="")


@pghistory.track(exclude=["key_sealed", "webhook_secret_sealed"])
class StripeAccount(models.Model):
    """A company's account at Stripe; its keys are kept sealed and never shown."""

    legal_entity = models.OneToOneField(
        LegalEntity, models.PROTECT, related_name="+", verbose_name=_("paid to")
    )
    is_on = models.BooleanField(_("clients may pay online"), default=False)
    key_sealed = models.TextField(_("secret key, sealed"), blank=True)
    webhook_secret_sealed = models.TextField(_("signing secret, sealed"), blank=True)
    is_live = models.BooleanField(_("real money"), default=False)
    account_name = models.CharField(_("account at Stripe"), max_length=200, blank=True)

    objects = StripeAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account at Stripe")
        verbose_name_plural = _("accounts at Stripe")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | ~Q(key_sealed="") & ~Q(webhook_secret_sealed=""),
                name="payments_stripeaccount_on_with_keys",
            ),
        ]

    def __str__(self) -> str:
        return self.account_name or str(self.legal_entity)

    @property
    def listens(self) -> bool:
        """Whether what Stripe tells can be checked: also after clients may pay no more."""
        return bool(self.webhook_secret_sealed)


class CheckoutState(models.TextChoices):
    """How far a payment online is."""

    ASKED = "asked", _("asked")
    OPEN = "open", _("at the payment page")
    PROCESSING = "processing", _("on its way")
    PAID = "paid", _("paid")
    QUEUED = "queued", _("to be looked at")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("expired")


LIVE = (CheckoutState.ASKED, CheckoutState.OPEN, CheckoutState.PROCESSING)


class OnlinePaymentQuerySet(models.QuerySet["OnlinePayment"]):
    """Payments online, by who may see them and whether they may still bring money."""

    def visible_to(self, user: "User | AnonymousUser") -> "OnlinePaymentQuerySet":
        """Return those for the invoices of clients whose money this person may see."""
        clients = Client.objects.with_money_visible_to(user)
        return self.filter(invoice__client__in=clients)

    def live(self) -> "OnlinePaymentQuerySet":
        """Return those that may still bring money."""
        return self.filter(state__in=LIVE)

    def coming(self) -> "OnlinePaymentQuerySet":
        """Return those that were made and are not booked: on their way, or to be looked at."""
        return self.filter(state__in=(CheckoutState.PROCESSING, CheckoutState.QUEUED))


@pghistory.track()
class OnlinePayment(models.Model):
    """An amount of an invoice that a client was sent to Stripe to pay, once.

    ``key`` is what Stripe is told, so that it makes one payment page of it and names it again in
    everything it tells.
    """

    key = models.UUIDField(_("key"), unique=True)
    account = models.ForeignKey(
        StripeAccount, models.PROTECT, related_name="payments", verbose_name=_("account at Stripe")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="online_payments", verbose_name=_("invoice")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(
        _("state"), max_length=12, choices=CheckoutState.choices, default=CheckoutState.ASKED
    )
    session_id = models.CharField(_("payment page"), max_length=255, blank=True)
    intent_id = models.CharField(_("payment at Stripe"), max_length=255, blank=True, db_index=True)
    url = models.TextField(_("address of the payment page"), blank=True)
    payment = models.OneToOneField(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="online_payment",
        verbose_name=_("payment"),
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )

    objects = OnlinePaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment online")
        verbose_name_plural = _("payments online")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payments_onlinepayment_positive"
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(state__in=["asked", "open", "processing"]),
                name="payments_onlinepayment_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.amount} {self.currency}"

    @property
    def is_live(self) -> bool:
        """Whether it may still bring money."""
        return self.state in LIVE


class EventState(models.TextChoices):
    """What came of what Stripe told."""

    WAITING = "waiting", _("waits for what came before it")
    DONE = "done", _("done")
    QUEUED = "queued", _("to be looked at")
    SETTLED = "settled", _("settled by a person")


class StripeEventQuerySet(models.QuerySet["StripeEvent"]):
    """What Stripe told, by who may see it and whether somebody has to look."""

    def visible_to(self, user: "User | AnonymousUser") -> "StripeEventQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_authenticated and user.is_firm_staff else self.none()

    def queued(self) -> "StripeEventQuerySet":
        """Return what a person has to look at."""
        return self.filter(state=EventState.QUEUED)


class StripeEvent(models.Model):
    """A message of Stripe, kept as it came, taken once however often it is delivered."""

    account = models.ForeignKey(
        StripeAccount, models.PROTECT, related_name="messages", verbose_name=_("account at Stripe")
    )
    event_id = models.CharField(_("event"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    happened_at = models.DateTimeField(_("happened"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    body = models.JSONField(_("message"))
    online_payment = models.ForeignKey(
        OnlinePayment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("payment online"),
    )
    intent_id = models.CharField(_("payment at Stripe"), max_length=255, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=8, choices=EventState.choices, default=EventState.DONE
    )
    said = models.TextField(_("what there is to say"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = StripeEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of Stripe")
        verbose_name_plural = _("messages of Stripe")
        ordering = ["-happened_at", "-pk"]

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return address_of("online:event", self.pk)

    @property
    def is_queued(self) -> bool:
        """Whether a person has to look at it."""
        return self.state == EventState.QUEUED
