"""What work will cost before it is saved: the engine of the run, asked about one thing more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from billing.domain.charge import HeldEvidence, RatedCharge
from billing.domain.evidence import (
    FlatRatePerformed,
    PartUsed,
    Ticket,
    TimeWorked,
)
from billing.domain.flat import rate_flat
from billing.domain.parts import rate_part
from billing.domain.terms import ContractChoice, Treatment, Waiver
from billing.domain.time import is_due, rate_time
from billing.explain import explain, explain_candidate, explain_hold
from billing.explain_time import NamedRate, named_rates
from billing.hours_left import NOTHING_DRAWN, Left, left_after
from billing.queries.evidence import load_work
from billing.queries.tickets import find_ticket
from billing.queries.time import (
    some_are_rated_otherwise,
    travel_zones,
    usual_role,
    work_roles,
    work_types,
)
from billing.queries.unusual_hours import NO_STRETCHES, Clocked, stretches_of_entries
from clients.models import Client, LegalEntity
from core.business_hours import Interval
from core.display import joined_text
from core.money import ZERO
from tickets.domain.stretches import without_breaks

ONE_DAY = timedelta(days=1)
# What is not saved yet comes after everything that was saved on the same day.
NOT_SAVED = 2**62
PAID_BY_CONTRACT = frozenset({Treatment.COVERED, Treatment.DRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAsked:
    """Work that somebody is about to enter; what is left empty is as on a plain entry."""

    ticket_id: int
    work_type_id: int
    minutes: int
    worked_on: date
    technician_id: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    breaks: tuple[Interval, ...] = ()
    billable_minutes: int | None = None
    is_billable: bool = True
    waiver: str = ""
    is_out_of_scope: bool = False
    work_role_id: int | None = None
    travel_zone_id: int | None = None
    hourly_rate: Decimal | None = None
    contract_choice: str = "automatic"
    contract_id: int | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What something will cost; ``treatment`` is empty where it cannot be billed as things are.

    Work that is billed in part and paid for by a contract or a block in part is both ``is_billed``
    and ``is_covered``. ``left`` says what hours are left after it, ``low`` that this is little.
    ``candidates`` are the contracts
    among which a person must choose first; ``rates`` what an hour costs at each level.
    """

    amount: Decimal
    list_amount: Decimal
    currency: str
    treatment: str
    sentence: str
    contract: str = ""
    left: str = ""
    low: str = ""
    is_covered: bool = False
    candidates: tuple[str, ...] = ()
    rates: tuple[NamedRate, ...] = ()

    @property
    def is_billed(self) -> bool:
        """Whether it, or a part of it, goes on the client's next invoice at a price."""
        return self.treatment == Treatment.BILLED

    @property
    def is_in_flat_rate(self) -> bool:
        """Whether the ticket's flat rate pays for it."""
        return self.treatment == Treatment.FLAT

    @property
    def is_waived(self) -> bool:
        """Whether nobody pays for it."""
        return self.treatment == Treatment.WAIVED

    @property
    def is_for_a_person(self) -> bool:
        """Whether somebody must choose the contract before it can be billed."""
        return bool(self.candidates)


def forecast_time(asked: WorkAsked) -> Forecast:
    """Return what work on the ticket will cost, after all that is open already.

    The client's open work up to that day is rated with it, so that hours, minimums and steps come
    out as on the invoice.
    """
    ticket, client, entity = _ask_about(asked.ticket_id)
    as_of = asked.worked_on + ONE_DAY
    evidence = load_work([client], entity, as_of, with_unapproved=True)[client.pk]
    entry = _entry(asked, ticket, client.pk, entity)
    due = [one for one in evidence.time if is_due(one, as_of)]
    rated = rate_time([*due, entry], evidence)
    pieces = [one for one in rated.charges if one.source.time_entry_id == NOT_SAVED]
    if pieces:
        return _forecast(pieces, entity.currency, left_after(rated.charges, pieces, evidence))
    held = next(one for one in rated.held if one.source.time_entry_id == NOT_SAVED)
    return _not_billable(held, entity.currency)


def forecast_part(
    *,
    ticket_id: int,
    quantity: Decimal,
    unit_price: Decimal,
    used_on: date,
    is_billable: bool = True,
) -> Forecast:
    """Return what a part on the ticket will cost."""
    ticket, _client, entity = _ask_about(ticket_id)
    part = PartUsed(
        id=0,
        ticket=ticket,
        description="",
        quantity=quantity,
        unit_price=unit_price,
        used_on=used_on,
        is_billable=is_billable,
    )
    return _forecast([rate_part(part, entity.currency)], entity.currency)


def forecast_flat(*, ticket_id: int, quantity: Decimal, price: Decimal, done_on: date) -> Forecast:
    """Return what a flat-rate service on the ticket will cost once it is closed."""
    ticket, _client, entity = _ask_about(ticket_id)
    job = FlatRatePerformed(id=0, ticket=ticket, description="", quantity=quantity, price=price)
    return _forecast([rate_flat(job, done_on, entity.currency)], entity.currency)


def _ask_about(ticket_id: int) -> tuple[Ticket, Client, LegalEntity]:
    """Return the ticket, as if its flat rate were already on it, and its client."""
    entity = LegalEntity.objects.current()
    ticket = find_ticket(ticket_id, entity.zone)
    client = Client.objects.get(tickets=ticket_id)
    return replace(ticket, has_flat_rate=True), client, entity


def _entry(asked: WorkAsked, ticket: Ticket, client_id: int, entity: LegalEntity) -> TimeWorked:
    usual, by_contract = NO_STRETCHES
    types = work_types()
    if asked.started_at is not None and asked.ended_at is not None:
        worked = without_breaks(Interval(asked.started_at, asked.ended_at), asked.breaks)
        clocked = Clocked(NOT_SAVED, client_id, asked.worked_on, worked)
        tells_outside = some_are_rated_otherwise(types)
        usual, by_contract = stretches_of_entries(
            [clocked], entity.zone, tells_outside=tells_outside
        ).get(NOT_SAVED, NO_STRETCHES)
    return TimeWorked(
        id=NOT_SAVED,
        ticket=ticket,
        work_type=types[asked.work_type_id],
        worked_on=asked.worked_on,
        minutes=asked.minutes,
        billable_minutes=asked.billable_minutes,
        is_billable=asked.is_billable,
        waiver=Waiver(asked.waiver) if asked.waiver else None,
        is_out_of_scope=asked.is_out_of_scope,
        role=work_roles().get(asked.work_role_id or usual_role(asked.technician_id) or 0),
        hourly_rate=asked.hourly_rate,
        choice=ContractChoice(asked.contract_choice),
        contract_id=asked.contract_id,
        zone=travel_zones().get(asked.travel_zone_id or 0),
        stretches=usual,
        stretches_by_contract=by_contract,
    )


def _forecast(pieces: Sequence[RatedCharge], currency: str, left: Left = NOTHING_DRAWN) -> Forecast:
    """Return what the pieces come to together; billed where one of them is."""
    is_billed = any(piece.treatment == Treatment.BILLED for piece in pieces)
    contracts = {piece.contract.number for piece in pieces if piece.contract}
    return Forecast(
        amount=sum((piece.amount for piece in pieces), ZERO),
        list_amount=sum((piece.list_amount for piece in pieces), ZERO),
        currency=currency,
        treatment=Treatment.BILLED if is_billed else pieces[0].treatment,
        sentence=joined_text(dict.fromkeys(explain(piece) for piece in pieces)),
        contract=", ".join(sorted(contracts)),
        left=left.text,
        low=left.warning,
        is_covered=any(piece.treatment in PAID_BY_CONTRACT for piece in pieces),
        rates=tuple(named_rates(pieces[-1])) if is_billed else (),
    )


def _not_billable(held: HeldEvidence, currency: str) -> Forecast:
    candidates = tuple(explain_candidate(one) for one in held.candidates)
    return Forecast(ZERO, ZERO, currency, "", explain_hold(held), candidates=candidates)
