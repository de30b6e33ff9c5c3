"""Shared steps of the writes to contract lines; they open no transaction."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.models import TaxCode
from contracts.models import BillingTiming, Contract, ContractLine, LineUnit, LineVersion
from core.display import day_text


class LineNotAcceptable(Exception):
    """The line or its change contradicts the contract."""


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A recurring service as it was agreed; without days of its own it follows the contract."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    product_id: int | None = None
    unit: str = LineUnit.FLAT
    timing: str = BillingTiming.ADVANCE
    tax_code: str = TaxCode.STANDARD
    starts_on: date | None = None
    last_day_on: date | None = None
    billed_through_on: date | None = None


def write_line(contract: Contract, new: NewLine) -> ContractLine:
    """Save a line and its first version, once its days and amounts make sense."""
    starts_on = new.starts_on or contract.starts_on
    require_days_in_order(starts_on, new.last_day_on)
    require_within_contract(contract, starts_on, new.last_day_on)
    require_not_negative(new.quantity, new.unit_price)
    line = ContractLine.objects.create(
        contract=contract,
        product_id=new.product_id,
        description=new.description,
        unit=new.unit,
        timing=new.timing,
        tax_code=new.tax_code,
        starts_on=starts_on,
        last_day_on=new.last_day_on,
        billed_through_on=new.billed_through_on,
    )
    LineVersion.objects.create(
        line=line, starts_on=starts_on, quantity=new.quantity, unit_price=new.unit_price
    )
    return line


def require_days_in_order(first: date, last: date | None) -> None:
    """Refuse a last day that comes before the first."""
    if last is not None and last < first:
        raise LineNotAcceptable(
            _("The last day (%(last)s) comes before the first (%(first)s).")
            % {"last": day_text(last), "first": day_text(first)}
        )


def require_within_contract(contract: Contract, first: date, last: date | None) -> None:
    """Refuse days on which the contract is not in force."""
    if first < contract.starts_on:
        raise LineNotAcceptable(
            _("Contract %(number)s starts on %(day)s: a line cannot start before.")
            % {"number": contract.number, "day": day_text(contract.starts_on)}
        )
    if contract.last_day_on is not None and max(first, last or first) > contract.last_day_on:
        raise LineNotAcceptable(
            _("Contract %(number)s ends on %(day)s: a line cannot run longer.")
            % {"number": contract.number, "day": day_text(contract.last_day_on)}
        )


def require_in_line(line: ContractLine, day: date) -> None:
    """Refuse a version on a day on which the line is not in force."""
    if day < line.starts_on:
        raise LineNotAcceptable(
            _("This line starts on %(day)s: nothing can change before.")
            % {"day": day_text(line.starts_on)}
        )
    if day not in line.term:
        raise LineNotAcceptable(
            _("This line ends on %(day)s: nothing can change after.")
            % {"day": day_text(line.term.last_day)}
        )


def require_not_negative(quantity: Decimal, unit_price: Decimal) -> None:
    """Refuse quantities and prices below nothing."""
    if quantity < 0 or unit_price < 0:
        raise LineNotAcceptable(_("Quantity and price cannot be negative."))
