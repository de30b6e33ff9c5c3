"""Time: which work is due, who pays for it, and what it comes to.

Each entry is judged: is it settled without charge, which contract pays, which rates and which rule
of rounding count. Then the minutes are rounded, where the rule says so together with others; hours
that were promised or bought are drawn in the order of the days worked; and what each entry comes to
is put on one charge or several (``pieces.py``, ``time_charges.py``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from billing.domain.charge import HeldEvidence, Rated, RatedCharge
from billing.domain.coverage import NOBODY, coverage_of
from billing.domain.draws import Request, is_metered, place
from billing.domain.evidence import ClientEvidence, TimeWorked
from billing.domain.pieces import NO_HOURS, Hours
from billing.domain.rates import prices_of
from billing.domain.rounding import ToRound, round_all, rule_from
from billing.domain.surcharges import parts_of, unknown_calendar_of
from billing.domain.terms import BillingMode, Hold, Treatment
from billing.domain.time_charges import charge_journey, charge_work
from billing.domain.work import CountedWork, Work, count, held_back


def charge_time(evidence: ClientEvidence, as_of: date) -> Rated:
    """Return what all time that is due comes to, and what a person must decide on first."""
    return rate_time([entry for entry in evidence.time if is_due(entry, as_of)], evidence)


def is_due(entry: TimeWorked, as_of: date) -> bool:
    """Whether the work was done before the day; what a flat rate includes waits for its ticket."""
    if _is_in_flat_rate(entry) and not entry.ticket.is_closed_before(as_of):
        return False
    return entry.worked_on < as_of


def rate_time(entries: Iterable[TimeWorked], evidence: ClientEvidence) -> Rated:
    """Return what these entries come to, due or not, whatever order they are given in."""
    held: list[HeldEvidence] = []
    works: list[Work] = []
    for entry in sorted(entries, key=lambda entry: (entry.worked_on, entry.id)):
        judged = _judged(entry, evidence)
        if isinstance(judged, Work):
            works.append(judged)
        else:
            held.append(judged)
    counted = _counted(works, evidence)
    hours = _drawn([part for parts in counted for part in parts], evidence)
    charges: list[RatedCharge] = []
    for parts in counted:
        rated = charge_journey(parts[0]) if parts[0].entry.zone else charge_work(parts, hours)
        if isinstance(rated, HeldEvidence):
            held.append(rated)
        else:
            charges.extend(rated)
    return Rated(tuple(charges), tuple(held))


def _judged(entry: TimeWorked, evidence: ClientEvidence) -> Work | HeldEvidence:
    """Return the entry with what decides on its price, or why a person must decide on it.

    Where business hours cut it in two, the minutes are rounded by the rule of the type that was
    logged; what lies outside of them as a whole is work of the other type in every respect.
    """
    whole = _judged_as(entry, evidence)
    if isinstance(whole, HeldEvidence) or entry.work_type.after_hours is None:
        return whole
    works: list[Work] = []
    for part in parts_of(entry, whole.contract):
        is_other = part.logged_as is not None
        judged = _judged_as(part, evidence) if is_other else replace(whole, entry=part)
        if isinstance(judged, HeldEvidence):
            return judged
        works.append(judged)
    if len(works) == 1:
        return works[0]
    first, rest = (replace(work, rule=whole.rule) for work in works)
    return replace(first, rest=rest)


def _judged_as(entry: TimeWorked, evidence: ClientEvidence) -> Work | HeldEvidence:
    """Return the work as one kind of work, or why a person must decide on it."""
    treatment, coverage = _treatment(entry), NOBODY
    if treatment == Treatment.FLAT and not entry.ticket.has_flat_rate:
        return held_back(entry, Hold.FLAT_RATE_MISSING)
    if treatment == Treatment.BILLED:
        coverage = coverage_of(entry, evidence.contracts)
        if coverage.hold is not None:
            return held_back(entry, coverage.hold, coverage)
        unknown = unknown_calendar_of(entry, coverage.contract)
        if unknown:
            return held_back(entry, Hold.CALENDAR_UNKNOWN, coverage, calendar=unknown)
    prices = prices_of(entry, evidence.rates)
    contract = coverage.contract
    places = prices.rounding(contract.rounding) if contract else prices.rounding()
    return Work(entry, treatment, coverage, prices, rule_from(places))


def _treatment(entry: TimeWorked) -> Treatment:
    """Return whether work is settled without charge, whoever would pay for it."""
    if entry.ticket.mode == BillingMode.FREE:
        return Treatment.WAIVED
    if _is_in_flat_rate(entry):
        return Treatment.FLAT
    is_billable = entry.is_billable and entry.waiver is None
    return Treatment.BILLED if is_billable else Treatment.WAIVED


def _is_in_flat_rate(entry: TimeWorked) -> bool:
    return entry.ticket.mode == BillingMode.FLAT_RATE and not entry.is_out_of_scope


def _counted(works: Sequence[Work], evidence: ClientEvidence) -> list[list[CountedWork]]:
    """Return the parts of each entry with their billed minutes.

    Only what somebody pays for shares a rounding.
    """
    sharing = [_to_round(work) for work in works if work.shares_rounding]
    together = round_all(sharing, evidence.rounded) if sharing else {}
    return [count(work, together.get(work.entry.id), evidence.firm.currency) for work in works]


def _to_round(work: Work) -> ToRound:
    entry = work.entry
    return ToRound(
        entry_id=entry.id,
        ticket_id=entry.ticket.id,
        work_type_id=(entry.logged_as or entry.work_type).id,
        worked_on=entry.worked_on,
        minutes=work.billable_minutes,
        rule=work.rule,
    )


def _drawn(works: Iterable[CountedWork], evidence: ClientEvidence) -> Hours:
    """Return what work takes from hours; nothing is asked where there are none."""
    allowances = {one.id: one for contract in evidence.contracts for one in contract.allowances}
    if not evidence.blocks and not allowances:
        return NO_HOURS
    requests = [request for work in works for request in _requests(work, evidence)]
    currency = evidence.firm.currency
    placed = place(requests, evidence.contracts, evidence.blocks, evidence.drawn, currency)
    return Hours(placed, allowances, {block.id: block for block in evidence.blocks})


def _requests(counted: CountedWork, evidence: ClientEvidence) -> Iterator[Request]:
    """Yield what the work asks hours for: one request for each multiplier of its rate."""
    work, entry = counted.work, counted.entry
    if not work.is_chargeable or entry.zone or not counted.minutes:
        return
    is_included = work.coverage.is_included
    asked = (work.contract, entry.work_type.id, entry.worked_on, evidence.blocks)
    if not is_metered(*asked, is_included=is_included):
        return
    rate = work.prices.agreed(work.coverage.hourly_rate)
    for n, segment in enumerate(counted.segments):
        yield Request(
            key=(entry.id, counted.first + n),
            worked_on=entry.worked_on,
            contract=work.contract,
            work_type_id=entry.work_type.id,
            work_role_id=entry.role.id if entry.role else None,
            ticket_id=entry.ticket.id,
            minutes=segment.minutes,
            hourly_rate=rate.times(segment.multiplier) if rate else None,
            is_included=is_included,
        )
