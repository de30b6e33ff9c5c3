"""Shared steps of the writes to contract lines; they open no transaction."""

from datetime import date

from django.utils.translation import gettext as _

from clients.models import PurchaseOrder, Site
from contracts.models import Contract, ContractLine, LineVersion
from contracts.operations._line_terms import (
    PLACES,
    LineNotAcceptable,
    NewLine,
    picked,
    price_values,
    require_not_negative,
    require_sellable,
    sold_values,
)
from core.display import day_text

__all__ = ["LineNotAcceptable", "NewLine", "require_not_negative", "write_line"]


def write_line(contract: Contract, new: NewLine) -> ContractLine:
    """Save a line and its first version, once its days and amounts make sense.

    :raises LineNotAcceptable: they do not
    """
    starts_on = new.starts_on or contract.starts_on
    require_days_in_order(starts_on, new.last_day_on)
    require_within_contract(contract, starts_on, new.last_day_on)
    require_sellable(new)
    require_of_client(contract, new)
    line = ContractLine.objects.create(
        contract=contract,
        starts_on=starts_on,
        last_day_on=new.last_day_on,
        billed_through_on=new.billed_through_on,
        **sold_values(new),
        **picked(new, PLACES),
    )
    LineVersion.objects.create(line=line, starts_on=starts_on, **price_values(new))
    return line


def require_of_client(contract: Contract, new: NewLine) -> None:
    """Refuse a site or a purchase order of another client.

    :raises LineNotAcceptable: it is not the client's own
    """
    own = contract.client_id
    for name in ("site_id", "count_site_id"):
        pk = getattr(new, name)
        if pk is not None and not Site.objects.filter(pk=pk, client=own).exists():
            raise LineNotAcceptable(_("This site is not the client's."), name.removesuffix("_id"))
    order = new.purchase_order_id
    if order is not None and not PurchaseOrder.objects.filter(pk=order, client=own).exists():
        raise LineNotAcceptable(_("This purchase order is not the client's."), "purchase_order")


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
