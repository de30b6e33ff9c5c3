"""Sentences that explain an amount, made from its arithmetic in the language of the reader."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from billing.domain.charge import Candidate
from billing.domain.terms import Hold, Treatment
from billing.explain_lines import explain_correction, explain_line
from billing.explain_time import (
    explain_journey,
    explain_taken_back,
    explain_time,
    explain_time_before,
    nothing_to_pay,
)
from billing.hours import hours_text
from catalog.models import TaxCode
from core.display import (
    day_text,
    days_text,
    labelled_text,
    money_text,
    number_text,
    percent_text,
)

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


def _pieces(charge: Explained) -> str:
    basis = charge.basis
    quantity = Decimal(basis["quantity"])
    price = money_text(Decimal(basis["unit_price"]), basis["currency"])
    words = price if quantity == 1 else f"{number_text(quantity)} × {price}"
    if charge.treatment == Treatment.BILLED:
        return words
    return f"{words}, {nothing_to_pay(charge)}"


def _block(charge: Explained) -> str:
    basis = charge.basis
    last = basis["last_day_on"]
    return _("%(quantity)s in advance, usable %(days)s") % {
        "quantity": hours_text(basis["holds"], Decimal(basis["quantity"]), basis["currency"]),
        "days": days_text(
            date.fromisoformat(basis["starts_on"]), date.fromisoformat(last) if last else None
        ),
    }


def _agreed_discount(charge: Explained) -> str:
    """Return of what a discount is, and of which of its days."""
    basis = charge.basis
    days = {"days": basis["days"], "whole": basis["whole"]}
    if "a_month" in basis:
        a_month = number_text(Decimal(basis["a_month"]))
        return _("%(amount)s a month, for %(days)s of %(whole)s days") % {"amount": a_month, **days}
    share = percent_text(Decimal(basis["percent"]))
    facts = {"percent": share, "of": number_text(Decimal(basis["of"])), **days}
    return _("%(percent)s of %(of)s, for %(days)s of %(whole)s days") % facts


_SENTENCES: dict[str, Callable[[Explained], str]] = {
    "recurring/1": _line,
    "recurring/2": _line,
    "correction/1": _correction,
    "correction/2": _correction,
    "time/1": explain_time_before,
    "time/2": explain_time,
    "journey/1": explain_journey,
    "taken_back/1": explain_taken_back,
    "part/1": _pieces,
    "flat/1": _pieces,
    "prepaid/1": _block,
    "hand/1": _pieces,
    "agreed_discount/1": _agreed_discount,
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


def explain_candidate(candidate: Candidate) -> str:
    """Return a contract that could pay for work, with what keeps it from doing so for certain."""
    reasons = ", ".join(_unmet()[reason] for reason in candidate.unmet)
    contract = f"{candidate.contract.number} {candidate.contract.name}"
    return labelled_text(contract, reasons) if reasons else contract


def _unmet() -> dict[str, str]:
    return {
        "category": _("depends on the category, and the ticket has none"),
        "site": _("depends on the site, and the ticket names none"),
        "asset_group": _("depends on the device, and the ticket names none"),
        "not_named": _("does not name this kind of work"),
        "not_in_force": _("was not in force on that day"),
        "paused": _("was paused on that day"),
    }


def _holds() -> dict[Hold, str]:
    return {
        Hold.CALENDAR_UNKNOWN: _(
            "Ticket %(ticket)s: the holidays of the calendar “%(calendar)s” are not known, so it "
            "cannot be told what these hours cost. Set its country right."
        ),
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
        Hold.DATABASE_REFUSES: _("The database refuses it: %(why)s"),
        Hold.FLAT_RATE_MISSING: _(
            "Ticket %(ticket)s is billed at a flat rate, but no flat-rate service is on it."
        ),
        Hold.NEGATIVE_TOTAL: _(
            "It comes to %(amount)s: what is owed to the client waits for further charges."
        ),
        Hold.NOT_WORKED_OUT: _("It cannot be worked out: %(why)s"),
        Hold.PRICE_MISSING: _("Contract %(contract)s has no price for “%(line)s” on %(day)s."),
        Hold.RATE_MISSING: _("No hourly rate for %(work_type)s on %(day)s (ticket %(ticket)s)."),
        Hold.ZONE_PRICE_MISSING: _(
            "No price for a journey to %(zone)s on %(day)s (ticket %(ticket)s)."
        ),
        Hold.TAX_RATE_MISSING: _("No %(tax_code)s of tax in %(country)s on %(day)s."),
    }
