"""What decides on which of a client's invoices something goes, and how that is called."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from billing.domain.agreements import Destination
from billing.domain.bill import Bill
from billing.models import Invoice
from clients.models import PurchaseOrder, Site
from contracts.models import Contract

LONGEST_NUMBER = Invoice._meta.get_field("purchase_order").max_length or 0
LONGEST_LABEL = Invoice._meta.get_field("group_label").max_length or 0
MORE = "…"
OF_LINE = (
    "site_id",
    "site__cost_centre",
    "cost_centre",
    "purchase_order_id",
    "contract__site_id",
    "contract__site__cost_centre",
    "contract__cost_centre",
    "contract__purchase_order_id",
)


def destination_of_line(row: Any) -> Destination:  # noqa: ANN401  (a row with the fields above)
    """Return where a contract line goes: what it leaves open, its contract says."""
    site = row.site__cost_centre if row.site_id else row.contract__site__cost_centre
    return Destination(
        contract_id=row.contract_id,
        site_id=row.site_id or row.contract__site_id,
        cost_centre=row.cost_centre or row.contract__cost_centre or site or "",
        purchase_order_id=row.purchase_order_id or row.contract__purchase_order_id,
    )


def destination_of_contract(contract: Contract) -> Destination:
    """Return where the work goes that a contract pays for and whose ticket does not say."""
    site = contract.site.cost_centre if contract.site else ""
    return Destination(
        contract_id=contract.pk,
        site_id=contract.site_id,
        cost_centre=contract.cost_centre or site,
        purchase_order_id=contract.purchase_order_id,
    )


@dataclass(frozen=True)
class Names:
    """The names of all that the bills of a batch go to, by key."""

    contracts: Mapping[int, str]
    sites: Mapping[int, str]
    orders: Mapping[int, str]

    def label_of(self, bill: Bill) -> str:
        """Return what the invoice is for, empty where one invoice serves all."""
        where = bill.destination
        label = (
            self.contracts.get(where.contract_id or 0)
            or self.sites.get(where.site_id or 0)
            or where.cost_centre
            or self.orders.get(where.purchase_order_id or 0, "")
        )
        return label[:LONGEST_LABEL]

    def printed_order(self, bill: Bill) -> str:
        """Return the numbers of the orders that pay for the lines, as many as fit."""
        numbers = [self.orders[key] for key in bill.order_ids]
        text = ", ".join(numbers)
        while len(text) > LONGEST_NUMBER:
            numbers.pop()
            text = ", ".join([*numbers, MORE])
        return text

    def covering_order(self, bill: Bill) -> int | None:
        """Return the order that pays for the invoice, None where it is none or several."""
        found = bill.order_ids
        return found[0] if len(found) == 1 else None


def names_of(bills: Iterable[Bill]) -> Names:
    """Read the names that these bills need, a query for each kind that is needed at all."""
    known = list(bills)
    wanted = [bill.destination for bill in known]
    orders = {key for bill in known for key in bill.order_ids}
    orders |= {where.purchase_order_id for where in wanted if where.purchase_order_id}
    return Names(
        contracts=_contracts({where.contract_id for where in wanted if where.contract_id}),
        sites=_sites({where.site_id for where in wanted if where.site_id}),
        orders=_orders(orders),
    )


def _contracts(keys: Collection[int]) -> dict[int, str]:
    rows = Contract.objects.filter(pk__one_of=keys).values_list("pk", "number", "name")
    return {pk: f"{number} {name}".strip() for pk, number, name in rows} if keys else {}


def _sites(keys: Collection[int]) -> dict[int, str]:
    return dict(Site.objects.filter(pk__one_of=keys).values_list("pk", "name")) if keys else {}


def _orders(keys: Collection[int]) -> dict[int, str]:
    rows = PurchaseOrder.objects.filter(pk__one_of=keys)
    return dict(rows.values_list("pk", "number")) if keys else {}
