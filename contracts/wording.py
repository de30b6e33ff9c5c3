"""The terms of lines, coverage and hours as sentences that a client would understand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from clients.models.asset import AssetKind
from contracts.counting import CountedOne
from contracts.domain.price import Tier, tiers_of
from contracts.models import BillingRhythm, CountedThing, LineUnit, Pricing
from core.display import joined_text, money_text, number_text

Line = Any  # a line of a contract or of a plan: both say the same words
Priced = Any  # a version of a line, or a line of a plan

PER_RHYTHM = {
    BillingRhythm.ONCE: gettext_lazy("once"),
    BillingRhythm.MONTHLY: gettext_lazy("a month"),
    BillingRhythm.QUARTERLY: gettext_lazy("a quarter"),
    BillingRhythm.HALF_YEARLY: gettext_lazy("a half-year"),
    BillingRhythm.YEARLY: gettext_lazy("a year"),
}
PER_UNIT = {
    LineUnit.FLAT: "",
    LineUnit.DEVICE: gettext_lazy("per device"),
    LineUnit.USER: gettext_lazy("per user"),
    LineUnit.SITE: gettext_lazy("per site"),
    LineUnit.PIECE: gettext_lazy("a piece"),
}


def price_text(line: Line, priced: Priced, currency: str) -> str:
    """Write the price: €30.00 per device a month; €500.00 a month with 20 devices included, …."""
    if line.pricing == Pricing.PACKAGE:
        return _package_text(line, priced, currency)
    if line.pricing in {Pricing.VOLUME, Pricing.GRADUATED}:
        return _tiers_text(line, tiers_of(priced.tiers), currency)
    return _joined(
        money_text(priced.unit_price, currency),
        PER_UNIT[LineUnit(line.unit)],
        PER_RHYTHM[BillingRhythm(line.rhythm_months)],
    )


def per_rhythm(line: Line) -> str:
    """Write for what one amount is: a month, a quarter, once."""
    return str(PER_RHYTHM[BillingRhythm(line.rhythm_months)])


def rhythm_text(line: Line) -> str:
    """Write when it is billed: monthly in advance, by calendar months."""
    if line.rhythm_months == BillingRhythm.ONCE:
        return _("billed once")
    return _("billed %(rhythm)s %(timing)s, periods: %(anchor)s") % {
        "rhythm": line.get_rhythm_months_display(),
        "timing": line.get_timing_display(),
        "anchor": line.get_anchor_display(),
    }


def quantity_text(unit: str, quantity: Decimal) -> str:
    """Write a quantity with its unit: 12 devices; nothing for one flat price."""
    if unit == LineUnit.FLAT:
        return "" if quantity == 1 else f"× {number_text(quantity)}"
    number = int(quantity) if quantity == int(quantity) else 2
    words = {
        LineUnit.DEVICE: ngettext("%(n)s device", "%(n)s devices", number),
        LineUnit.USER: ngettext("%(n)s user", "%(n)s users", number),
        LineUnit.SITE: ngettext("%(n)s site", "%(n)s sites", number),
        LineUnit.PIECE: ngettext("%(n)s piece", "%(n)s pieces", number),
    }
    return words[LineUnit(unit)] % {"n": number_text(quantity)}


def counting_text(line: Line) -> str:
    """Write what is counted: servers of the group “prod” that we look after."""
    if not line.counts:
        return ""
    conditions = []
    if line.count_kind:
        conditions.append(str(dict(AssetKind.choices).get(line.count_kind, line.count_kind)))
    if line.count_group:
        conditions.append(_("group “%(group)s”") % {"group": line.count_group})
    if line.count_role:
        conditions.append(_("role “%(role)s”") % {"role": line.count_role})
    site = getattr(line, "count_site", None)
    if site is not None:
        conditions.append(_("at %(site)s") % {"site": site})
    what = str(CountedThing(line.counts).label)
    return f"{what} ({', '.join(conditions)})" if conditions else what


def counted_text(line: Line, counted: Sequence[CountedOne] | None) -> str:
    """Write how many are counted today, and what."""
    if counted is None:
        return ""
    return _("%(n)s counted today: %(what)s") % {"n": len(counted), "what": counting_text(line)}


def coverage_conditions(rule: Any) -> str:  # noqa: ANN401  (a rule of a contract or a plan)
    """Write to which work a rule applies, beside its type."""
    parts = []
    if rule.category is not None:
        parts.append(str(rule.category))
    if rule.asset_group:
        parts.append(_("devices of group “%(group)s”") % {"group": rule.asset_group})
    site = getattr(rule, "site", None)
    if site is not None:
        parts.append(_("at %(site)s") % {"site": site})
    return ", ".join(parts)


def _package_text(line: Line, priced: Priced, currency: str) -> str:
    included = quantity_text(
        LineUnit.PIECE if line.unit == LineUnit.FLAT else line.unit, priced.included_quantity
    )
    return _("%(price)s with %(included)s included, each further one %(overage)s") % {
        "price": _joined(
            money_text(priced.unit_price, currency), PER_RHYTHM[BillingRhythm(line.rhythm_months)]
        ),
        "included": included,
        "overage": money_text(priced.overage_price, currency),
    }


def _tiers_text(line: Line, tiers: Sequence[Tier], currency: str) -> str:
    steps = []
    for tier in tiers:
        price = money_text(tier.unit_price, currency)
        if tier.up_to is None:
            steps.append(pgettext("tier", "beyond %(price)s") % {"price": price})
        else:
            steps.append(
                _("up to %(n)s: %(price)s") % {"n": number_text(tier.up_to), "price": price}
            )
    how = (
        _("all at the price of the tier reached")
        if line.pricing == Pricing.VOLUME
        else _("each tier at its own price")
    )
    unit = _joined(PER_UNIT[LineUnit(line.unit)], PER_RHYTHM[BillingRhythm(line.rhythm_months)])
    return _("%(unit)s: %(steps)s (%(how)s)") % {
        "unit": unit,
        "steps": joined_text(steps),
        "how": how,
    }


def _joined(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)
