"""Sentences about work: what was worked, what rounding made of it, at which rate, who pays.

``time/1`` is how work was written down before hours could be drawn and roundings shared; issued
invoices keep it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

from billing.domain.terms import (
    BillingMode,
    BlockUnit,
    RateLevel,
    RoundingScope,
    Treatment,
    Waiver,
)
from core.display import minutes_text, money_text, month_text, number_text

Basis = Mapping[str, Any]


class Work(Protocol):
    """A charge for work."""

    @property
    def treatment(self) -> str:
        """What became of the evidence."""

    @property
    def basis(self) -> Basis:
        """The arithmetic."""


def explain_time(charge: Work) -> str:
    """Return how the amount of a time entry, or of one piece of it, came about."""
    basis = charge.basis
    if charge.treatment == Treatment.BILLED:
        return f"{_minutes(basis)}, {_of_which(basis, ', '.join(_price(basis)))}"
    if charge.treatment == Treatment.DRAWN:
        return f"{_minutes(basis)}, {_of_which(basis, _drawn(basis))}"
    if charge.treatment == Treatment.COVERED:
        return _("%(minutes)s, covered by contract %(contract)s") % {
            "minutes": _minutes(basis),
            "contract": basis["contract"],
        }
    return f"{_worked(basis['worked_minutes'])}, {nothing_to_pay(charge)}"


def explain_journey(charge: Work) -> str:
    """Return what a journey costs by its zone."""
    basis = charge.basis
    words = _("journey to %(zone)s, %(price)s") % {
        "zone": basis["zone"],
        "price": money_text(Decimal(basis["price"]), basis["currency"]),
    }
    if charge.treatment == Treatment.BILLED:
        return words
    if charge.treatment == Treatment.COVERED:
        return _("%(minutes)s, covered by contract %(contract)s") % {
            "minutes": words,
            "contract": basis["contract"],
        }
    return f"{words}, {nothing_to_pay(charge)}"


def explain_taken_back(charge: Work) -> str:
    """Return what was taken back of a billed entry, and why."""
    basis = charge.basis
    sentence = _("%(minutes)s of %(billed)s billed are taken back: %(reason)s") % {
        "minutes": minutes_text(basis["minutes"]),
        "billed": minutes_text(basis["billed_minutes"]),
        "reason": basis["reason"],
    }
    if charge.treatment == Treatment.DRAWN:
        return _("%(sentence)s; the hours are given back") % {"sentence": sentence}
    if charge.treatment == Treatment.BILLED:
        rate = money_text(Decimal(basis["hourly_rate"]), basis["currency"])
        return f"{sentence}, {rate}/h"
    return sentence


class NamedRate(NamedTuple):
    """An hourly rate, the level that names it, and whether it is the one that counts."""

    level: str
    rate: str
    counts: bool


def named_rates(charge: Work) -> list[NamedRate]:
    """Return every rate that is agreed for the work, the closest level first; it counts."""
    basis = charge.basis
    names = _level_names(basis)
    return [
        NamedRate(
            names[RateLevel(level)],
            money_text(Decimal(rate), basis["currency"]),
            level == basis["rate_level"],
        )
        for level, rate in basis.get("rates", {}).items()
    ]


def nothing_to_pay(charge: Work) -> str:
    """Return why something is settled without charge."""
    if charge.treatment == Treatment.FLAT:
        return _("included in the flat rate")
    waiver = charge.basis.get("waiver")
    if waiver:
        return _("waived: %(reason)s") % {"reason": _waivers()[Waiver(waiver)]}
    if charge.basis["ticket_mode"] == BillingMode.FREE:
        return _("waived: the ticket is free of charge")
    return _("waived: not billable")


def _minutes(basis: Basis) -> str:
    worked = basis["worked_minutes"]
    billable, billed = basis.get("billable_minutes", worked), basis["billed_minutes"]
    words = [_worked(worked)]
    if billable != worked:
        words.append(_("%(minutes)s billable") % {"minutes": minutes_text(billable)})
    if billed != billable:
        words.append(
            _("%(minutes)s billed (%(rules)s)")
            % {
                "minutes": minutes_text(billed),
                "rules": ", ".join(_rules(basis, billable, billed)),
            }
        )
    return ", ".join(words)


def _of_which(basis: Basis, words: str) -> str:
    """Return what is said of a piece of an entry, behind the minutes of that piece."""
    minutes = basis.get("minutes", basis["billed_minutes"])
    if minutes == basis["billed_minutes"]:
        return words
    return _("of which %(minutes)s: %(words)s") % {
        "minutes": minutes_text(minutes),
        "words": words,
    }


def _rules(basis: Basis, billable: int, billed: int) -> Iterator[str]:
    """Yield why another number of minutes is billed than was worked."""
    if "scope" in basis:
        billable, billed = basis["group_worked"], basis["group_billed"]
        yield _scopes()[RoundingScope(basis["scope"])] % {
            "billed": minutes_text(billed),
            "worked": minutes_text(billable),
        }
    if billable < basis["minimum_minutes"]:
        yield _("at least %(minutes)s") % {"minutes": minutes_text(basis["minimum_minutes"])}
    if billed != max(billable, basis["minimum_minutes"]):
        yield _("steps of %(minutes)d") % {"minutes": basis["step_minutes"]}
    if billed < billable:
        yield _("%(minutes)d min of grace") % {"minutes": basis.get("grace_minutes", 0)}


def _worked(minutes: int) -> str:
    return _("%(minutes)s worked") % {"minutes": minutes_text(minutes)}


def _price(basis: Basis) -> Iterator[str]:
    """Yield the rate, where it comes from, and what makes it higher."""
    if basis.get("is_overage"):
        yield _("beyond the hours of contract %(contract)s") % {"contract": basis["contract"]}
    yield _hourly(basis)
    if "logged_as" in basis:
        yield _("outside business hours, logged as %(type)s") % {"type": basis["logged_as"]}
    if "multiplier" in basis:
        times = f"×{number_text(Decimal(basis['multiplier']))}"
        yield f"{times} {basis['surcharge']}".strip()


def _hourly(basis: Basis) -> str:
    words = {
        "rate": money_text(Decimal(basis["hourly_rate"]), basis["currency"]),
        "work_type": ", ".join(filter(None, [basis["work_type"], basis.get("role", "")])),
    }
    if basis["rate_level"] == RateLevel.FIRM:
        return _("%(rate)s/h %(work_type)s") % words
    level = _level_names(basis)[RateLevel(basis["rate_level"])]
    return _("%(rate)s/h %(work_type)s (%(level)s)") % {**words, "level": level}


def _level_names(basis: Basis) -> dict[RateLevel, str]:
    return {
        RateLevel.ENTRY: _("rate of this entry"),
        RateLevel.TICKET: _("rate of this ticket"),
        RateLevel.CONTRACT: _("rate of contract %(contract)s")
        % {"contract": basis.get("contract", "")},
        RateLevel.CLIENT: _("this client's rate"),
        RateLevel.FIRM: _("the firm's rate"),
    }


def _drawn(basis: Basis) -> str:
    drawn = basis["drawn"]
    bucket = _("“%(name)s”") % {"name": drawn["name"]}
    if drawn["month"]:
        bucket = f"{bucket}, {month_text(date.fromisoformat(drawn['month']))}"
    facts = {"bucket": bucket, "quantity": _quantity(drawn, basis)}
    if drawn["unit"] == BlockUnit.INCIDENTS:
        if Decimal(drawn["quantity"]):
            return _("one incident of %(bucket)s") % facts
        return _("on the incident of %(bucket)s already taken for this ticket") % facts
    if drawn["unit"] == BlockUnit.MONEY:
        return _("%(quantity)s of %(bucket)s") % facts
    if Decimal(drawn["quantity"]) != basis["minutes"]:
        return _("counted as %(quantity)s of %(bucket)s") % facts
    return _("from %(bucket)s") % facts


def _quantity(drawn: Mapping[str, str], basis: Basis) -> str:
    quantity = Decimal(drawn["quantity"])
    if drawn["unit"] == BlockUnit.MONEY:
        return money_text(quantity, basis["currency"])
    return minutes_text(int(quantity))


def _scopes() -> dict[RoundingScope, str]:
    return {
        RoundingScope.TICKET: _("%(billed)s for %(worked)s on this ticket"),
        RoundingScope.DAY: _("%(billed)s for %(worked)s on this ticket that day"),
    }


def _waivers() -> dict[Waiver, str]:
    return {
        Waiver.GOODWILL: _("goodwill"),
        Waiver.INTERNAL: _("internal work"),
        Waiver.WARRANTY: _("warranty"),
        Waiver.REWORK: _("rework"),
        Waiver.TRAINING: _("training"),
        Waiver.OTHER: _("not billable"),
    }


def explain_time_before(charge: Work) -> str:
    """Return the sentence of work that was written down as ``time/1``."""
    basis = charge.basis
    is_clients_own = basis["is_clients_own_rate"]
    level = RateLevel.CLIENT if is_clients_own else RateLevel.FIRM
    return explain_time(_Before(charge.treatment, {**basis, "rate_level": level.value}))


class _Before:
    """A charge of ``time/1`` with what it lacks filled in."""

    def __init__(self, treatment: str, basis: Basis) -> None:
        self.treatment = treatment
        self.basis = basis
