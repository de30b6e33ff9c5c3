"""Shared steps of deciding about terms; they open no transaction."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.domain.price_steps import amounts_of, price_on, with_amounts
from contracts.domain.renewal import Term, next_term, uplifted
from contracts.events import tell_promises_changed
from contracts.indexing import history_of
from contracts.models import (
    ChangeEffect,
    Contract,
    ContractLine,
    EndKind,
    Renewal,
    RenewalDecision,
    RenewalKind,
)
from contracts.operations._prices import write_price
from core.display import day_text, percent_text
from core.money import EXPONENTS, round_money

if TYPE_CHECKING:
    from accounts.models import User

RENEWED = ("term_ends_on", "terms_from_on", "last_day_on", "end_kind", "end_reason")
USUAL_PLACES = 2
PRICE_PLACES = 4


class RenewalNotPossible(Exception):
    """The term cannot be decided like this."""


@dataclass(frozen=True, kw_only=True)
class TermDecision:
    """What was decided about a term, when and by whom."""

    decision: RenewalDecision
    decided_on: date
    uplift: Decimal = Decimal(0)
    note: str = ""
    actor: "User | None" = None


def term_of(contract: Contract) -> Term:
    """Return the term of a contract that has one.

    :raises RenewalNotPossible: it has none
    """
    if contract.renewal_kind == RenewalKind.NONE or not (
        contract.term_months and contract.term_ends_on
    ):
        raise RenewalNotPossible(
            _("%(number)s has no term: it runs on.") % {"number": contract.number}
        )
    return Term(
        contract.terms_from, contract.term_months, contract.term_ends_on, contract.notice_days
    )


def require_open_end(contract: Contract) -> None:
    """Refuse to renew a contract that ends for another reason than its term.

    :raises RenewalNotPossible: notice was received, it ends on another day, or goes on elsewhere
    """
    ends_with_term = contract.last_day_on in {None, contract.term_ends_on}
    has_left = contract.end_kind == EndKind.TRANSFERRED
    if contract.notice_received_on is not None or has_left or not ends_with_term:
        raise _ends_already(contract)


def require_undecided(contract: Contract) -> None:
    """Refuse other terms for a contract whose end was decided.

    :raises RenewalNotPossible: it was
    """
    if contract.end_kind:
        raise _ends_already(contract)


def _ends_already(contract: Contract) -> RenewalNotPossible:
    day = contract.last_day_on
    return RenewalNotPossible(
        _("%(number)s ends on %(day)s: let it run on first.")
        % {"number": contract.number, "day": day_text(day) if day else ""}
    )


def write_renewal(contract: Contract, decision: TermDecision) -> Renewal:
    """Let the next term begin: its last day, its prices, and who decided; each term once."""
    term = term_of(contract)
    following = next_term(term)
    contract.renewals.filter(term_ended_on=term.ends_on, decision=RenewalDecision.ENDED).delete()
    contract.term_ends_on = following.ends_on
    if following.starts_on != term.starts_on:
        contract.terms_from_on = following.starts_on
    is_manual = contract.renewal_kind == RenewalKind.MANUAL
    contract.last_day_on = following.ends_on if is_manual else None
    contract.end_kind, contract.end_reason = "", ""
    contract.save(update_fields=RENEWED)
    tell_promises_changed(contract.client_id)
    if decision.uplift:
        _raise_prices(contract, term.ends_on + timedelta(days=1), decision.uplift)
    return _write_decision(contract, term.ends_on, decision, following.ends_on)


def write_ended(contract: Contract, decision: TermDecision) -> Renewal:
    """Write down that a term is the last one."""
    return _write_decision(contract, term_of(contract).ends_on, decision, None)


def _write_decision(
    contract: Contract, term_ended_on: date, decision: TermDecision, next_end: date | None
) -> Renewal:
    return Renewal.objects.create(
        contract=contract,
        term_ended_on=term_ended_on,
        decision=decision.decision,
        next_term_ends_on=next_end,
        uplift=decision.uplift,
        note=decision.note,
        decided_on=decision.decided_on,
        decided_by=decision.actor,
    )


def _raise_prices(contract: Contract, first_day: date, percent: Decimal) -> None:
    """Raise the lines that follow increases and run in the new term.

    A price agreed for its first day is new, but for lines that came from another client that day.
    """
    begun = Q(starts_on__lt=first_day)
    if contract.transferred_from_id is not None and contract.starts_on == first_day:
        begun |= Q(starts_on=first_day)
    lines = ContractLine.objects.select_for_update(of=["self"]).filter(
        begun, contract=contract, is_indexed=True, rhythm_months__gt=0
    )
    reason = _("Renewal with %(percent)s") % {"percent": percent_text(percent)}
    for line in lines.select_related("contract__client").prefetch_related("versions"):
        if first_day in line.term:
            _raise_price(line, first_day, percent, reason)


def _raise_price(line: ContractLine, day: date, percent: Decimal, reason: str) -> None:
    history = history_of(line)
    if not history:
        return
    old = price_on(history, day)
    currency = line.contract.client.currency
    amounts = tuple(
        uplifted(amount, percent, _places(amount, currency)) for amount in amounts_of(old)
    )
    write_price(line, day, with_amounts(old, amounts), ChangeEffect.IMMEDIATE, reason)


def _places(amount: Decimal, currency: str) -> int:
    """Return the places of the currency, or all that a price keeps where it has more of them."""
    usual = EXPONENTS.get(currency, USUAL_PLACES)
    return usual if round_money(amount, currency) == amount else PRICE_PLACES
