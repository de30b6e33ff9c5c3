"""What a client signed so that the firm may collect from their account."""

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client
from clients.models.legal_entity import LegalEntity

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# A mandate that nothing was collected by for so long is void.
LAPSES_AFTER = relativedelta(months=36)
USUAL_NOTICE_DAYS = 14


class MandateScheme(models.TextChoices):
    """Under which rules of SEPA is collected."""

    CORE = "CORE", _("CORE: everybody; comes back within 8 weeks without a reason")
    B2B = "B2B", _("B2B: companies whose bank knows the mandate; does not come back")


class MandateEnd(models.TextChoices):
    """Why a mandate counts no more."""

    REVOKED = "revoked", _("revoked by the client")
    RETURNED = "returned", _("the bank sent a collection back")
    REPLACED = "replaced", _("replaced by a new one")
    LAPSED = "lapsed", _("not used for 36 months")


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, by who may see them and whether they count."""

    def visible_to(self, user: "User | AnonymousUser") -> "MandateQuerySet":
        """Return the mandates of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))

    def in_force(self, today: date) -> "MandateQuerySet":
        """Return those by which may be collected today."""
        used = self.annotate(active_on=Coalesce(F("last_collected_on"), F("signed_on")))
        current = used.filter(ended_on=None, signed_on__lte=today)
        return current.filter(Q(active_on__gt=today - LAPSES_AFTER)).exclude(
            is_one_off=True, last_collected_on__isnull=False
        )


@pghistory.track()
class Mandate(models.Model):
    """A client's leave to collect by SEPA direct debit; their account's number is kept sealed."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="mandates", verbose_name=_("client")
    )
    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, related_name="+", verbose_name=_("collected by")
    )
    reference = models.CharField(_("mandate reference (UMR)"), max_length=35)
    scheme = models.CharField(
        _("scheme"), max_length=4, choices=MandateScheme.choices, default=MandateScheme.CORE
    )
    is_one_off = models.BooleanField(_("for one collection only"), default=False)
    signed_on = models.DateField(_("signed on"))
    debtor = models.CharField(_("account holder"), max_length=70)
    iban_sealed = models.TextField(_("IBAN, sealed"))
    iban_masked = models.CharField(_("account"), max_length=40)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("announced days before"),
        default=USUAL_NOTICE_DAYS,
        help_text=_("14 unless you agreed on less"),
    )
    document = models.FileField(_("signed mandate"), upload_to="mandates/%Y/", blank=True)
    last_collected_on = models.DateField(_("last used"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=8, choices=MandateEnd.choices, blank=True
    )
    end_note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("direct debit mandate")
        verbose_name_plural = _("direct debit mandates")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "legal_entity"],
                condition=Q(ended_on=None),
                name="clients_mandate_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["legal_entity", "reference"], name="clients_mandate_reference_unique"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="clients_mandate_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the address of the mandate's page."""
        return reverse("payments:mandate", args=[self.pk])

    @property
    def lapses_on(self) -> date:
        """The day from which it is void if nothing is collected before."""
        return (self.last_collected_on or self.signed_on) + LAPSES_AFTER

    @property
    def is_used_up(self) -> bool:
        """Whether it was for one collection, which was made."""
        return self.is_one_off and self.last_collected_on is not None

    def is_in_force(self, today: date) -> bool:
        """Whether may be collected by it on a day."""
        is_current = self.ended_on is None and self.signed_on <= today
        return is_current and not self.is_used_up and today < self.lapses_on
