"""What was said with clients about money: notes of calls, and promises to pay."""

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from collecting.models.notice import of_the_firm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PaymentPromiseQuerySet(models.QuerySet["PaymentPromise"]):
    """Promises, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "PaymentPromiseQuerySet":
        """Return the promises: the firm's own people only."""
        return self if of_the_firm(user) else self.none()


@pghistory.track()
class PaymentPromise(models.Model):
    """What a client said they would pay by a day; kept or broken follows from what came in."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="payment_promises", verbose_name=_("client")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    pay_by_on = models.DateField(_("promised for"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_on = models.DateField(_("made on"))
    made_at = models.DateTimeField(_("written down"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = PaymentPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise to pay")
        verbose_name_plural = _("promises to pay")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="collecting_paymentpromise_of_something"
            ),
            models.CheckConstraint(
                condition=Q(pay_by_on__gte=models.F("made_on")),
                name="collecting_paymentpromise_for_a_day_to_come",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class ContactNoteQuerySet(models.QuerySet["ContactNote"]):
    """Notes, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "ContactNoteQuerySet":
        """Return the notes: the firm's own people only."""
        return self if of_the_firm(user) else self.none()


class ContactNote(models.Model):
    """What was said with a client about what they owe; it stays as it was written."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="contact_notes", verbose_name=_("client")
    )
    body = models.TextField(_("note"), max_length=5000)
    written_at = models.DateTimeField(_("written"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note about money owed")
        verbose_name_plural = _("notes about money owed")
        ordering = ["-written_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.body[:60]
