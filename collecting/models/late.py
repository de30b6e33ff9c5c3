"""What clients owe for paying late: the rates, what was agreed, and which days were claimed."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, HandLine, Invoice
from catalog.models.tax_rate import DateRange
from clients.models import Client
from collecting.models.notice import of_the_firm
from core.money import ZERO

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

USUAL_FEE = Decimal("40.00")
MONEY = models.DecimalField(max_digits=14, decimal_places=2)


class LateRateKind(models.TextChoices):
    """Whose rate it is."""

    ECB = "ecb", _("refinancing rate of the European Central Bank")
    LEGAL = "legal", _("French legal rate between professionals")


class LateBasis(models.TextChoices):
    """How the rate of late interest is found."""

    ECB_PLUS = "ecb_plus", _("rate of the European Central Bank plus points")
    TIMES_LEGAL = "times_legal", _("so many times the French legal rate")
    FIXED = "fixed", _("a yearly rate")


@pghistory.track()
class LateRate(models.Model):
    """The rate of a half-year, as it was published."""

    kind = models.CharField(_("rate"), max_length=8, choices=LateRateKind.choices)
    starts_on = models.DateField(
        _("half-year from"), help_text=_("1 January or 1 July; it holds for that half-year only")
    )
    percent = models.DecimalField(
        _("yearly rate in %"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )

    class Meta:
        verbose_name = _("rate for late interest")
        verbose_name_plural = _("rates for late interest")
        ordering = ["-starts_on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "starts_on"], name="collecting_laterate_once"),
            models.CheckConstraint(
                condition=Q(starts_on__day=1, starts_on__month__in=(1, 7)),
                name="collecting_laterate_of_a_half_year",
                violation_error_message=_("A half-year begins on 1 January or 1 July."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0), name="collecting_laterate_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}: {self.percent} %"


class LateTermsQuerySet(models.QuerySet["LateTerms"]):
    """Terms of late payment, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "LateTermsQuerySet":
        """Return the terms: the firm's own people only."""
        return self if of_the_firm(user) else self.none()


@pghistory.track()
class LateTerms(models.Model):
    """What invoices dated from a day on say of late payment, to all clients or to one."""

    client = models.ForeignKey(
        Client,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="late_terms",
        verbose_name=_("client"),
        help_text=_("empty: every client without terms of its own"),
    )
    starts_on = models.DateField(
        _("for invoices from"), help_text=_("interest is claimed of no invoice before the first")
    )
    basis = models.CharField(_("interest"), max_length=12, choices=LateBasis.choices)
    number = models.DecimalField(
        _("points, times or yearly rate in %"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("10 points in France, 8 elsewhere in the EU, where nothing else was agreed"),
    )
    fee = models.DecimalField(
        _("recovery costs, each late invoice"),
        max_digits=8,
        decimal_places=2,
        default=USUAL_FEE,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("40 € by law; 0 to claim none"),
    )

    objects = LateTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of late payment")
        verbose_name_plural = _("terms of late payment")
        ordering = ["client__name", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "starts_on"],
                nulls_distinct=False,
                name="collecting_lateterms_once",
                violation_error_message=_("Other terms begin on the same day already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=0, fee__gte=0), name="collecting_lateterms_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}: {self.number}"


class LateChargeKind(models.TextChoices):
    """What is claimed."""

    INTEREST = "interest", _("late interest")
    FEE = "fee", _("recovery costs")


class LateChargeQuerySet(models.QuerySet["LateCharge"]):
    """What was claimed, by who may see it."""

    def visible_to(self, user: "User | AnonymousUser") -> "LateChargeQuerySet":
        """Return what was claimed of the invoices this person may see: the firm's people only."""
        if not of_the_firm(user):
            return self.none()
        return self.filter(invoice__in=Invoice.objects.visible_to(user))

    def standing(self) -> "LateChargeQuerySet":
        """Return what counts: neither cancelled with its document nor credited in whole."""
        own = Charge.objects.filter(claims__hand_line=OuterRef("line"), claims__released_at=None)
        credited = Coalesce(Sum("credited_by__amount"), Value(ZERO), output_field=MONEY)
        left = own.annotate(credited=credited).filter(credited__lt=F("amount"))
        return self.filter(Exists(left), released_at=None)


class LateCharge(models.Model):
    """Interest or recovery costs that were claimed of one late invoice, on a line by hand.

    It goes with its line: who discards the draft, or takes the line off it, frees its days. It is
    released where its document is cancelled or the line credited in whole.
    """

    line = models.OneToOneField(
        HandLine, models.CASCADE, related_name="late_charge", verbose_name=_("line")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="late_charges", verbose_name=_("late invoice")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=LateChargeKind.choices)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    through_on = models.DateField(_("through"))
    claimed_at = models.DateTimeField(_("claimed"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    objects = LateChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("late charge")
        verbose_name_plural = _("late charges")
        ordering = ["-claimed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(kind=LateChargeKind.FEE, released_at=None),
                name="collecting_latecharge_one_fee",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="collecting_latecharge_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class LateStretchQuerySet(models.QuerySet["LateStretch"]):
    """Days that were claimed, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "LateStretchQuerySet":
        """Return the days of what this person may see."""
        return self.filter(charge__in=LateCharge.objects.visible_to(user))


class LateStretch(models.Model):
    """Days in a row that interest was claimed for: what was open on them, at which rate.

    No day of an invoice stands in two of them that count.
    """

    charge = models.ForeignKey(
        LateCharge, models.CASCADE, related_name="stretches", verbose_name=_("late charge")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="+", verbose_name=_("late invoice")
    )
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("through"))
    open = models.DecimalField(_("open"), max_digits=14, decimal_places=2)
    percent = models.DecimalField(_("yearly rate in %"), max_digits=9, decimal_places=4)
    counts = models.BooleanField(_("counts"), default=True)

    objects = LateStretchQuerySet.as_manager()

    class Meta:
        verbose_name = _("days of late interest")
        verbose_name_plural = _("days of late interest")
        ordering = ["charge", "first_on"]
        constraints = [
            ExclusionConstraint(
                name="collecting_latestretch_day_once",
                expressions=[
                    ("invoice", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "first_on",
                            "last_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(counts=True),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="collecting_latestretch_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} - {self.last_on}"

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last_on - self.first_on).days + 1
