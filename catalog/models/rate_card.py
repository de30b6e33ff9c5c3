"""What an hour costs."""

from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.rounding import grace_field, order_field, scope_field
from catalog.models.tax_rate import DateRange
from clients.models import Client

if TYPE_CHECKING:
    from accounts.models import User


class RateCardQuerySet(models.QuerySet["RateCard"]):
    """Rate cards, by who may see them."""

    def visible_to(self, user: "User") -> "RateCardQuerySet":
        """Return the cards this person may see: staff all, others their own client's."""
        own = Q(client__in=Client.objects.visible_to(user))
        return self.filter(own | Q(client__isnull=True)) if user.is_firm_staff else self.filter(own)


@pghistory.track()
class RateCard(models.Model):
    """A list of hourly rates: the firm's own, or what was agreed with one client."""

    name = models.CharField(_("name"), max_length=120)
    client = models.OneToOneField(
        Client,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rate_card",
        verbose_name=_("client"),
        help_text=_("empty for the firm's own card"),
    )
    grace_minutes = grace_field()
    rounding_scope = scope_field()
    rounding_order = order_field()

    objects = RateCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate card")
        verbose_name_plural = _("rate cards")
        ordering = ["client__name", "name"]
        constraints = [
            models.UniqueConstraint(
                models.ExpressionWrapper(
                    Q(client__isnull=True), output_field=models.BooleanField()
                ),
                condition=Q(client__isnull=True),
                name="catalog_ratecard_one_of_the_firm",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the card's page."""
        return reverse("catalog:rate-card", args=[self.pk])


class RateQuerySet(models.QuerySet["Rate"]):
    """Rates, by who may see them."""

    def visible_to(self, user: "User") -> "RateQuerySet":
        """Return the rates on the cards this person may see."""
        return self.filter(rate_card__in=RateCard.objects.visible_to(user))


@pghistory.track()
class Rate(models.Model):
    """What an hour of a work type costs from a day on, and how its minutes are rounded."""

    rate_card = models.ForeignKey(
        RateCard, models.CASCADE, related_name="rates", verbose_name=_("rate card")
    )
    work_type = models.ForeignKey(
        "catalog.WorkType", models.PROTECT, related_name="rates", verbose_name=_("work type")
    )
    work_role = models.ForeignKey(
        "catalog.WorkRole",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rates",
        verbose_name=_("work role"),
        help_text=_("empty: for all roles that have no rate of their own"),
    )
    hourly_rate = models.DecimalField(_("hourly rate"), max_digits=10, decimal_places=4)
    minimum_minutes = models.PositiveSmallIntegerField(
        _("minimum minutes"),
        null=True,
        blank=True,
        help_text=_("empty on a client's card: as the firm's card says"),
    )
    step_minutes = models.PositiveSmallIntegerField(
        _("step in minutes"), null=True, blank=True, help_text=_("rounded up to whole steps")
    )
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"), null=True, blank=True)

    objects = RateQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["work_type__position", "work_type__name", "-starts_on"]
        constraints = [
            ExclusionConstraint(
                name="catalog_rate_one_a_day",
                expressions=[
                    ("rate_card", RangeOperators.EQUAL),
                    ("work_type", RangeOperators.EQUAL),
                    (Coalesce("work_role", 0), RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts_on",
                            "last_day_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another rate holds on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(hourly_rate__gte=0),
                name="catalog_rate_not_negative",
                violation_error_message=_("A rate cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="catalog_rate_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_type}: {self.hourly_rate}"
