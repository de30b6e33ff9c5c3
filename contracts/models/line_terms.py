"""How a recurring line is sold: the same words in plans and in contracts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import TaxCode


class BillingTiming(models.TextChoices):
    """Whether a period is billed before it is served or after."""

    ADVANCE = "advance", _("in advance")
    ARREARS = "arrears", _("in arrears")


class LineUnit(models.TextChoices):
    """What the quantity of a line counts."""

    FLAT = "flat", _("flat price")
    DEVICE = "device", _("device")
    USER = "user", _("user")
    SITE = "site", _("site")
    PIECE = "piece", _("piece")


class BillingRhythm(models.IntegerChoices):
    """How often a line is billed, in months."""

    ONCE = 0, _("once")
    MONTHLY = 1, _("monthly")
    QUARTERLY = 3, _("quarterly")
    HALF_YEARLY = 6, _("half-yearly")
    YEARLY = 12, _("yearly")


class BillingAnchor(models.TextChoices):
    """From where periods are counted."""

    CALENDAR = "calendar", _("calendar months")
    ANNIVERSARY = "anniversary", _("from the contract's day")


class StubRule(models.TextChoices):
    """What the days before the first whole period cost."""

    PRORATED = "prorated", _("their share, at once")
    JOINED = "joined", _("their share, with the first whole period")
    FULL = "full", _("a whole period")
    FREE = "free", _("nothing")


class Proration(models.TextChoices):
    """By what the days of a piece of a period are divided."""

    ACTUAL_DAYS = "actual_days", _("the days of the period")
    THIRTY_DAYS = "thirty_days", _("30 days a month")


class Pricing(models.TextChoices):
    """How the price comes from the quantity."""

    PER_UNIT = "per_unit", _("quantity × price")
    PACKAGE = "package", _("package with included quantity")
    VOLUME = "volume", _("volume: all units at the tier's price")
    GRADUATED = "graduated", _("graduated: each tier at its own price")


class QuantityRule(models.TextChoices):
    """What a change of the quantity inside a period does to that period."""

    DAILY = "daily", _("by day")
    SNAPSHOT = "snapshot", _("as counted on the billing day")
    HIGH_WATER = "high_water", _("the highest of the period")
    NEXT_PERIOD = "next_period", _("from the next period on")


class CountedThing(models.TextChoices):
    """What is counted for the quantity; empty where it is typed."""

    ASSETS = "assets", _("devices looked after")
    CONTACTS = "contacts", _("people who count")
    SITES = "sites", _("sites that count")


class LineTerms(models.Model):
    """How a recurring service is sold: rhythm, timing, pricing, and what is counted."""

    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, null=True, blank=True, verbose_name=_("product")
    )
    description = models.CharField(_("description"), max_length=200)
    unit = models.CharField(
        _("priced per"), max_length=8, choices=LineUnit.choices, default=LineUnit.FLAT
    )
    rhythm_months = models.PositiveSmallIntegerField(
        _("rhythm"), choices=BillingRhythm.choices, default=BillingRhythm.MONTHLY
    )
    anchor = models.CharField(
        _("periods"), max_length=12, choices=BillingAnchor.choices, default=BillingAnchor.CALENDAR
    )
    timing = models.CharField(
        _("billed"), max_length=8, choices=BillingTiming.choices, default=BillingTiming.ADVANCE
    )
    stub_rule = models.CharField(
        _("first days cost"), max_length=8, choices=StubRule.choices, default=StubRule.PRORATED
    )
    proration = models.CharField(
        _("part of a period"),
        max_length=12,
        choices=Proration.choices,
        default=Proration.ACTUAL_DAYS,
    )
    pricing = models.CharField(
        _("pricing"), max_length=12, choices=Pricing.choices, default=Pricing.PER_UNIT
    )
    quantity_rule = models.CharField(
        _("changes of quantity"),
        max_length=12,
        choices=QuantityRule.choices,
        default=QuantityRule.DAILY,
    )
    counts = models.CharField(
        pgettext_lazy("the quantity of a line", "counts"),
        max_length=8,
        choices=CountedThing.choices,
        blank=True,
    )
    count_kind = models.CharField(
        _("only of kind"), max_length=16, blank=True, help_text=_("for devices; empty: all")
    )
    count_role = models.CharField(
        _("only with role"), max_length=60, blank=True, help_text=_("for people; empty: all")
    )
    count_group = models.CharField(
        _("only of group"), max_length=60, blank=True, help_text=_("for devices; empty: all")
    )
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )
    is_indexed = models.BooleanField(
        _("follows indexation"), default=True, help_text=_("price increases of the contract apply")
    )

    class Meta:
        abstract = True


class PriceTerms(models.Model):
    """Quantity and price of a line, for one whole period of its rhythm.

    ``tiers`` is a list of ``{"up_to": "25" or null, "unit_price": "30.00"}`` in order, the last one
    open; it is used by volume and graduated pricing only.
    """

    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4, default=1)
    unit_price = models.DecimalField(
        _("unit price"),
        max_digits=14,
        decimal_places=4,
        default=0,
        help_text=_("for a whole period, without VAT"),
    )
    included_quantity = models.DecimalField(
        _("included quantity"), max_digits=12, decimal_places=4, default=0
    )
    overage_price = models.DecimalField(
        _("price of each further one"), max_digits=14, decimal_places=4, default=0
    )
    tiers = models.JSONField(_("tiers"), default=list, blank=True)

    class Meta:
        abstract = True
