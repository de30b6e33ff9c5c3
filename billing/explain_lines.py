"""The sentence behind a contract line's amount: what a period costs, and for which days of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.domain.terms import Proration, QuantityRule, StubRule
from core.display import day_text, days_text, money_text, month_text, number_text
from core.periods import Period, month_of

Basis = Mapping[str, Any]


def explain_line(basis: Basis) -> str:
    """Return how the amount of a cycle came about: "12 × €24.90 for 12 of 31 days"."""
    words = " + ".join(_slice(basis, slice_) for slice_ in basis["slices"])
    stub = basis.get("stub")
    if stub == StubRule.FULL:
        return _("%(price)s, the first period in full") % {"price": words}
    if stub == StubRule.FREE:
        return _("free before the first whole period (otherwise %(price)s)") % {"price": words}
    return words


def explain_correction(basis: Basis) -> str:
    """Return what is owed by now for which days, and what was billed for them."""
    owed, billed = (
        money_text(Decimal(basis[key]), basis["currency"]) for key in ("owed", "billed")
    )
    sentence = _("%(days)s: %(owed)s owed, %(billed)s billed so far") % {
        "days": _days_of(basis),
        "owed": owed,
        "billed": billed,
    }
    if "credited" in basis:
        back = money_text(Decimal(basis["credited"]), basis["currency"])
        sentence = _("%(sentence)s, of which credit notes took back %(back)s") % {
            "sentence": sentence,
            "back": back,
        }
    arithmetic = explain_line(basis)
    return f"{sentence} ({arithmetic})" if arithmetic else sentence


def counted_units(basis: Basis) -> list[str]:
    """Return the name of each unit that was counted, with its days if it was not always there."""
    served = sum(slice_["days"] for slice_ in basis.get("slices", ()))
    return [_unit(unit["name"], unit["days"], served) for unit in basis.get("counted", ())]


def _unit(name: str, days: int, served: int) -> str:
    if days == served:
        return name
    words = ngettext("%(name)s (%(days)d day)", "%(name)s (%(days)d days)", days)
    return words % {"name": name, "days": days}


def _days_of(basis: Basis) -> str:
    if "month" in basis:
        return month_text(date.fromisoformat(basis["month"]))
    first, last = (date.fromisoformat(basis[key]) for key in ("from", "through"))
    if Period.through(first, last) == month_of(first):
        return month_text(first)
    return days_text(first, last)


def _slice(basis: Basis, slice_: Mapping[str, Any]) -> str:
    words = _dated(basis, slice_, " + ".join(_step(basis, step) for step in _steps(slice_)))
    weight, whole = _share(basis, slice_)
    if weight == whole:
        return words
    shares = {
        "price": f"({words})" if len(_steps(slice_)) > 1 else words,
        "days": weight,
        "whole": whole,
    }
    if basis.get("proration") == Proration.THIRTY_DAYS:
        return _("%(price)s for %(days)d of %(whole)d days (months of 30 days)") % shares
    return _("%(price)s for %(days)d of %(whole)d days") % shares


def _steps(slice_: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the steps of the price; by the first rule a slice had one quantity and one price."""
    return slice_.get("steps") or [slice_]


def _share(basis: Basis, slice_: Mapping[str, Any]) -> tuple[int, int]:
    """Return which share of the period is owed; by the first rule it was days of a month."""
    if "month_days" in basis:
        return slice_["days"], basis["month_days"]
    return slice_["weight"], slice_["whole"]


def _step(basis: Basis, step: Mapping[str, Any]) -> str:
    quantity = Decimal(step["quantity"])
    price = money_text(Decimal(step["unit_price"]), basis["currency"])
    if "includes" in step:
        included = number_text(Decimal(step["includes"]))
        return _("%(price)s with %(quantity)s included") % {"price": price, "quantity": included}
    if basis["unit"] == "flat" and quantity == 1:
        return price
    return f"{number_text(quantity)} × {price}"


def _dated(basis: Basis, slice_: Mapping[str, Any], words: str) -> str:
    """Add the day whose quantity counts, where one day decides on the whole period."""
    if "decided_on" not in slice_:
        return words
    facts = {"price": words, "day": day_text(date.fromisoformat(slice_["decided_on"]))}
    if basis["quantity_rule"] == QuantityRule.HIGH_WATER:
        return _("%(price)s (highest quantity, of %(day)s)") % facts
    return _("%(price)s (quantity of %(day)s)") % facts
