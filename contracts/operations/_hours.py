"""Shared steps of the writes to included and prepaid hours; they open no transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from catalog.models import TaxCode, WorkType
from clients.models import Client
from contracts.models import Allowance, BillingAnchor, BlockUnit, Contract, PrepaidBlock, Rollover
from core.display import day_text

RESTRICT_VIOLATION = "23001"
ON_A_DRAFT, SETTLED = "draft", "settled"


class HoursNotAcceptable(Exception):
    """Hours cannot be agreed or sold like this; ``field`` names what must change."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class HoursDrawn(HoursNotAcceptable):
    """Work has been paid for with these hours, so they stay as they were."""


@dataclass(frozen=True, kw_only=True)
class NewAllowance:
    """Hours a month as they were agreed; without a first day they begin with the contract."""

    name: str
    minutes: int
    starts_on: date | None = None
    last_day_on: date | None = None
    work_type_ids: Sequence[int] = ()
    overage_rate: Decimal | None = None
    rollover: str = Rollover.NONE
    cap_minutes: int | None = None
    age_months: int = 1
    prorates_stub: bool = False
    anchor: str = BillingAnchor.CALENDAR
    low_balance_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewBlock:
    """A prepaid block as it was sold; the quantity of hours is in minutes."""

    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    sold_on: date
    starts_on: date | None = None
    last_day_on: date | None = None
    contract_id: int | None = None
    product_id: int | None = None
    tax_code: str = TaxCode.STANDARD
    work_type_ids: Sequence[int] = ()
    low_balance: Decimal | None = None
    tops_up: bool = False
    follows_id: int | None = None
    billed_elsewhere: bool = False


def lock_client(client_id: int) -> Client:
    """Lock the client as a billing run does, so that hours do not change while it draws them."""
    return Client.objects.select_for_update(no_key=True).get(pk=client_id)


def lock_allowance(allowance_id: int) -> Allowance:
    """Lock an allowance behind its client."""
    lock_client(_client_of(allowance_id))
    rows = Allowance.objects.select_related("contract").select_for_update(of=["self"])
    allowance: Allowance = rows.get(pk=allowance_id)
    return allowance


def lock_block(block_id: int) -> PrepaidBlock:
    """Lock a block behind its client."""
    lock_client(PrepaidBlock.objects.values_list("client_id", flat=True).get(pk=block_id))
    return PrepaidBlock.objects.select_for_update(of=["self"]).get(pk=block_id)


def _client_of(allowance_id: int) -> int:
    rows = Allowance.objects.values_list("contract__client_id", flat=True)
    return int(rows.get(pk=allowance_id))


def write_allowance(contract: Contract, new: NewAllowance) -> Allowance:
    """Save an allowance, once its days and figures make sense.

    :raises HoursNotAcceptable: they do not
    """
    starts_on = new.starts_on or contract.starts_on
    _require_within(contract, starts_on, new.last_day_on)
    _require_some(new.minutes, "minutes")
    if new.rollover != Rollover.NONE and new.age_months < 1:
        raise HoursNotAcceptable(_("Carried hours are kept for one month at least."), "age_months")
    allowance = Allowance.objects.create(
        contract=contract,
        name=new.name,
        minutes=new.minutes,
        starts_on=starts_on,
        last_day_on=new.last_day_on,
        overage_rate=new.overage_rate,
        rollover=new.rollover,
        cap_minutes=new.cap_minutes,
        age_months=new.age_months,
        prorates_stub=new.prorates_stub,
        anchor=new.anchor,
        low_balance_minutes=new.low_balance_minutes,
    )
    allowance.work_types.set(WorkType.objects.filter(pk__in=new.work_type_ids))
    return allowance


def write_block(client: Client, new: NewBlock) -> PrepaidBlock:
    """Save a block as sold, once its days, its quantity and its contract make sense.

    :raises HoursNotAcceptable: they do not
    """
    starts_on = new.starts_on or new.sold_on
    _require_order(starts_on, new.last_day_on)
    _require_some(new.quantity, "quantity")
    _require_whole_incidents(new)
    _require_threshold(new)
    if new.price < 0:
        raise HoursNotAcceptable(_("A price cannot be negative."), "price")
    block = PrepaidBlock.objects.create(
        client=client,
        contract=_contract_for(client, new.contract_id),
        product_id=new.product_id,
        name=new.name,
        unit=new.unit,
        quantity=new.quantity,
        price=new.price,
        tax_code=new.tax_code,
        sold_on=new.sold_on,
        starts_on=starts_on,
        last_day_on=new.last_day_on,
        low_balance=new.low_balance,
        tops_up=new.tops_up,
        follows_id=new.follows_id,
        billed_elsewhere=new.billed_elsewhere,
    )
    block.work_types.set(WorkType.objects.filter(pk__in=new.work_type_ids))
    return block


@contextmanager
def refusing_drawn(field: str = "") -> Iterator[None]:
    """Turn the database's refusal to touch drawn hours into a sentence.

    :raises HoursDrawn: work has been paid for with them
    """
    try:
        with transaction.atomic():
            yield
    except ProtectedError as error:
        raise HoursDrawn(_("Hours have been drawn from it: let it end instead."), field) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") != RESTRICT_VIOLATION:
            raise
        raise HoursDrawn(_where_drawn(str(error.__cause__)), field) from error


def _where_drawn(told: str) -> str:
    """Return the sentence for what the database tells: "drawn hours: F-2026-00001"."""
    what, _colon, where = told.split("\n", maxsplit=1)[0].partition(":")
    number = where.strip()
    if what == "sold hours":
        if number == ON_A_DRAFT:
            return _("Its sale is on a draft invoice: discard the draft first.")
        return _("Its sale is on invoice %(number)s: credit that first.") % {"number": number}
    if what == "moved hours":
        return _("So much is not left any more: work has been paid for with it.")
    if number == ON_A_DRAFT:
        return _("Its hours pay for work on a draft invoice: discard the draft first.")
    if number == SETTLED:
        return _("Its hours have paid for work since then: choose a later month.")
    return _("Its hours paid for work on invoice %(number)s: choose a later month.") % {
        "number": number
    }


def day_before(day: date) -> date:
    """Return the last day before one on which something else begins."""
    return day - timedelta(days=1)


def _require_within(contract: Contract, first: date, last: date | None) -> None:
    _require_order(first, last)
    if first < contract.starts_on:
        raise HoursNotAcceptable(
            _("Contract %(number)s starts on %(day)s: its hours cannot begin before.")
            % {"number": contract.number, "day": day_text(contract.starts_on)},
            "starts_on",
        )
    if contract.last_day_on is not None and first > contract.last_day_on:
        raise HoursNotAcceptable(
            _("Contract %(number)s ends on %(day)s: no hours can begin after.")
            % {"number": contract.number, "day": day_text(contract.last_day_on)},
            "starts_on",
        )


def _require_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise HoursNotAcceptable(
            _("The last day (%(last)s) comes before the first (%(first)s).")
            % {"last": day_text(last), "first": day_text(first)},
            "last_day_on",
        )


def _require_some(quantity: Decimal | int, field: str) -> None:
    if quantity <= 0:
        raise HoursNotAcceptable(_("It must be more than nothing."), field)


def _require_whole_incidents(new: NewBlock) -> None:
    if new.unit == BlockUnit.INCIDENTS and new.quantity != int(new.quantity):
        raise HoursNotAcceptable(_("Incidents are counted in whole numbers."), "quantity")


def _require_threshold(new: NewBlock) -> None:
    if new.low_balance is None:
        if new.tops_up:
            raise HoursNotAcceptable(
                _("Say at how much left the next block is sold."), "low_balance"
            )
        return
    if not 0 <= new.low_balance < new.quantity:
        raise HoursNotAcceptable(
            _("The warning must lie below what the block holds."), "low_balance"
        )


def _contract_for(client: Client, contract_id: int | None) -> Contract | None:
    if contract_id is None:
        return None
    contract = client.contracts.filter(pk=contract_id).first()
    if contract is None:
        raise HoursNotAcceptable(_("This contract belongs to another client."), "contract")
    return contract
