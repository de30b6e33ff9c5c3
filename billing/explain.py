"""Sentences that explain an amount, made from its arithmetic in the language of the reader."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from billing.domain.terms import BillingMode, Hold, Treatment
from billing.explain_lines import explain_correction, explain_line
from billing.hours import hours_text
from catalog.models import TaxCode
from core.display import day_text, days_text, minutes_text, money_text, number_text

Basis = Mapping[str, Any]


class Explained(Protocol):
    """A charge, rated a moment ago or stored long since."""

    @property
    def treatment(self) -> str:
        """What became of the evidence."""

    @property
    def amount(self) -> Decimal:
        """What it costs."""

    @property
    def list_amount(self) -> Decimal:
        """What it would cost without contract, flat rate or favour."""

    @property
    def basis(self) -> Basis:
        """The arithmetic."""


def explain(charge: Explained) -> str:
    """Return how the amount of a charge came about: "37 min worked, 45 min billed, ..."."""
    sentence = _SENTENCES.get(charge.basis.get("rule", ""))
    return sentence(charge) if sentence else ""


def _line(charge: Explained) -> str:
    return explain_line(charge.basis)


def _correction(charge: Explained) -> str:
    return explain_correction(charge.basis)


def _time(charge: Explained) -> str:
    if charge.treatment == Treatment.BILLED:
        return f"{_minutes(charge.basis)}, {_hourly(charge.basis)}"
    if charge.treatment == Treatment.COVERED:
        return _("%(minutes)s, covered by contract %(contract)s") % {
            "minutes": _minutes(charge.basis),
            "contract": charge.basis["contract"],
        }
    worked = _worked(charge.basis["worked_minutes"])
    return f"{worked}, {_nothing_to_pay(charge)}"


def _minutes(basis: Basis) -> str:
    worked, billed = basis["worked_minutes"], basis["billed_minutes"]
    if worked == billed:
        return _worked(worked)
    rules = []
    if worked < basis["minimum_minutes"]:
        rules.append(_("at least %(minutes)s") % {"minutes": _plain(basis["minimum_minutes"])})
    if billed != max(worked, basis["minimum_minutes"]):
        rules.append(_("steps of %(minutes)d") % {"minutes": basis["step_minutes"]})
    return _("%(worked)s, %(billed)s billed (%(rules)s)") % {
        "worked": _worked(worked),
        "billed": _plain(billed),
        "rules": ", ".join(rules),
    }


def _worked(minutes: int) -> str:
    return _("%(minutes)s worked") % {"minutes": _plain(minutes)}


def _plain(minutes: int) -> str:
    return minutes_text(minutes)


def _hourly(basis: Basis) -> str:
    words = {
        "rate": money_text(Decimal(basis["hourly_rate"]), basis["currency"]),
        "work_type": basis["work_type"],
    }
    if basis["is_clients_own_rate"]:
        return _("%(rate)s/h %(work_type)s (this client's rate)") % words
    return _("%(rate)s/h %(work_type)s") % words


def _nothing_to_pay(charge: Explained) -> str:
    if charge.treatment == Treatment.FLAT:
        return _("included in the flat rate")
    if charge.basis["ticket_mode"] == BillingMode.FREE:
        return _("waived: the ticket is free of charge")
    return _("waived: not billable")


def _pieces(charge: Explained) -> str:
    basis = charge.basis
    quantity = Decimal(basis["quantity"])
    price = money_text(Decimal(basis["unit_price"]), basis["currency"])
    words = price if quantity == 1 else f"{number_text(quantity)} × {price}"
    if charge.treatment == Treatment.BILLED:
        return words
    return f"{words}, {_nothing_to_pay(charge)}"


def _block(charge: Explained) -> str:
    basis = charge.basis
    last = basis["last_day_on"]
    return _("%(quantity)s in advance, usable %(days)s") % {
        "quantity": hours_text(basis["holds"], Decimal(basis["quantity"]), basis["currency"]),
        "days": days_text(
            date.fromisoformat(basis["starts_on"]), date.fromisoformat(last) if last else None
        ),
    }


_SENTENCES: dict[str, Callable[[Explained], str]] = {
    "recurring/1": _line,
    "recurring/2": _line,
    "correction/1": _correction,
    "correction/2": _correction,
    "time/1": _time,
    "part/1": _pieces,
    "flat/1": _pieces,
    "prepaid/1": _block,
}


class Refusal(Protocol):
    """A client, or a piece of its evidence, that cannot be billed as things are."""

    @property
    def hold(self) -> Hold:
        """What is the matter."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What the sentence about it names."""


def explain_hold(refusal: Refusal) -> str:
    """Return why a client, or a piece of its evidence, was left out and what to put right."""
    facts: dict[str, object] = dict(refusal.facts)
    if "day" in facts:
        facts["day"] = day_text(date.fromisoformat(refusal.facts["day"]))
    if "tax_code" in facts:
        facts["tax_code"] = TaxCode(refusal.facts["tax_code"]).label
    if refusal.hold == Hold.NEGATIVE_TOTAL:
        amount = Decimal(refusal.facts["amount"])
        facts["amount"] = money_text(amount, refusal.facts["currency"])
    return _holds()[refusal.hold] % facts


def _holds() -> dict[Hold, str]:
    return {
        Hold.CLIENT_PARKED: _("Billing of this client is on hold (%(reason)s)."),
        Hold.CONTRACT_AMBIGUOUS: _(
            "Ticket %(ticket)s: several contracts could cover this work (%(contracts)s)."
        ),
        Hold.CONTRACT_UNCLEAR: _(
            "Ticket %(ticket)s: it is not clear whether contract %(contracts)s covers this work."
        ),
        Hold.ORDER_MISSING: _("The client pays only with a purchase order, and none is named."),
        Hold.COUNTRY_MISSING: _("The client's country is missing, so the tax is not known."),
        Hold.CURRENCY_DIFFERS: _(
            "The client pays in %(client)s, but the firm's prices are in %(firm)s."
        ),
        Hold.FLAT_RATE_MISSING: _(
            "Ticket %(ticket)s is billed at a flat rate, but no flat-rate service is on it."
        ),
        Hold.NEGATIVE_TOTAL: _(
            "It comes to %(amount)s: what is owed to the client waits for further charges."
        ),
        Hold.PRICE_MISSING: _("Contract %(contract)s has no price for “%(line)s” on %(day)s."),
        Hold.RATE_MISSING: _("No hourly rate for %(work_type)s on %(day)s (ticket %(ticket)s)."),
        Hold.TAX_RATE_MISSING: _("No %(tax_code)s of tax in %(country)s on %(day)s."),
    }
