"""What work will cost before it is saved: the engine of the run, asked about one thing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.domain.charge import RatedCharge
from billing.domain.evidence import (
    ClientEvidence,
    FlatRatePerformed,
    PartUsed,
    Ticket,
    TimeWorked,
)
from billing.domain.flat import rate_flat
from billing.domain.parts import rate_part
from billing.domain.terms import BillingMode, NotBillable, Treatment
from billing.domain.time import rate_time
from billing.explain import explain, explain_hold
from billing.queries.evidence import load_prices
from billing.queries.work import work_types
from clients.models import LegalEntity
from core.money import ZERO
from tickets import models as tickets


@dataclass(frozen=True, slots=True)
class Forecast:
    """What something will cost; ``treatment`` is empty where it cannot be billed as things are."""

    amount: Decimal
    list_amount: Decimal
    currency: str
    treatment: str
    sentence: str
    contract: str = ""

    @property
    def is_billed(self) -> bool:
        """Whether it goes on the client's next invoice at a price."""
        return self.treatment == Treatment.BILLED

    @property
    def is_covered(self) -> bool:
        """Whether a contract pays for it."""
        return self.treatment == Treatment.COVERED

    @property
    def is_in_flat_rate(self) -> bool:
        """Whether the ticket's flat rate pays for it."""
        return self.treatment == Treatment.FLAT

    @property
    def is_waived(self) -> bool:
        """Whether nobody pays for it."""
        return self.treatment == Treatment.WAIVED


def forecast_time(
    *,
    ticket_id: int,
    work_type_id: int,
    minutes: int,
    worked_on: date,
    is_billable: bool = True,
    is_out_of_scope: bool = False,
) -> Forecast:
    """Return what minutes of work on the ticket will cost, and whether a contract covers them."""
    ticket, prices = _ask_about(ticket_id)
    entry = TimeWorked(
        id=0,
        ticket=ticket,
        work_type=work_types()[work_type_id],
        worked_on=worked_on,
        minutes=minutes,
        is_billable=is_billable,
        is_out_of_scope=is_out_of_scope,
    )
    try:
        return _forecast(rate_time(entry, prices), prices.firm.currency)
    except NotBillable as refusal:
        return Forecast(ZERO, ZERO, prices.firm.currency, "", explain_hold(refusal))


def forecast_part(
    *,
    ticket_id: int,
    quantity: Decimal,
    unit_price: Decimal,
    used_on: date,
    is_billable: bool = True,
) -> Forecast:
    """Return what a part on the ticket will cost."""
    ticket, prices = _ask_about(ticket_id)
    part = PartUsed(
        id=0,
        ticket=ticket,
        description="",
        quantity=quantity,
        unit_price=unit_price,
        used_on=used_on,
        is_billable=is_billable,
    )
    return _forecast(rate_part(part, prices.firm.currency), prices.firm.currency)


def forecast_flat(*, ticket_id: int, quantity: Decimal, price: Decimal, done_on: date) -> Forecast:
    """Return what a flat-rate service on the ticket will cost once it is closed."""
    ticket, prices = _ask_about(ticket_id)
    job = FlatRatePerformed(id=0, ticket=ticket, description="", quantity=quantity, price=price)
    return _forecast(rate_flat(job, done_on, prices.firm.currency), prices.firm.currency)


def _ask_about(ticket_id: int) -> tuple[Ticket, ClientEvidence]:
    """Return the ticket, as if its flat rate were already on it, and its client's prices."""
    row = tickets.Ticket.objects.select_related("client").get(pk=ticket_id)
    prices = load_prices([row.client], LegalEntity.objects.current())[row.client_id]
    mode = BillingMode(row.billing_mode)
    return Ticket(row.pk, row.number, row.subject, mode, has_flat_rate=True), prices


def _forecast(charge: RatedCharge, currency: str) -> Forecast:
    return Forecast(
        amount=charge.amount,
        list_amount=charge.list_amount,
        currency=currency,
        treatment=charge.treatment,
        sentence=explain(charge),
        contract=str(charge.contract.number) if charge.contract else "",
    )
