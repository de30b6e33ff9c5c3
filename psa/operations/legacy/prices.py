"""Rates, flat rates and contracts, from an old system's export."""

from collections.abc import Sequence

from django.db.models import Count

from catalog.models import Product, Rate, RateCard, WorkType
from catalog.models.product import ProductKind
from clients.models import Client
from contracts.models import Contract, ContractLine, CoverageRule, LineVersion
from psa.legacy.formats import Accepted
from psa.legacy.rows import ClientRateRow, ContractRow, FlatRateRow, RateRow
from psa.operations.legacy.parties import LONG_AGO
from psa.operations.legacy.store import (
    Change,
    Found,
    Store,
    billed_on,
    nothing_blocks,
    row_of,
    rows_of,
    update_fields,
)
from tickets.models import FlatRateItem

CARD_NAME = "Tarif général"
RATE_FIELDS = ("hourly_rate", "minimum_minutes", "step_minutes")
DATED_HERE = "its rates are kept here with dates and cannot be taken from the export any more"


def _firm_card() -> RateCard:
    return RateCard.objects.get_or_create(client=None, defaults={"name": CARD_NAME})[0]


def _find_work_types(accepted: Sequence[Accepted]) -> dict[str, Found]:
    codes = [one.key for one in accepted]
    here = WorkType.objects.filter(code__in=codes).values_list("code", "pk")
    return {code: Found(pk) for code, pk in here}


def _blocked_rates(changes: Sequence[Change]) -> dict[str, str]:
    ids = [change.target_id for change in changes]
    rates = Rate.objects.filter(rate_card__client=None, work_type__in=ids).order_by()
    many = rates.values("work_type").annotate(n=Count("pk")).filter(n__gt=1)
    dated = set(many.values_list("work_type", flat=True))
    return {change.accepted.key: DATED_HERE for change in changes if change.target_id in dated}


def _create_rates(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(RateRow, accepted)
    first = WorkType.objects.count()
    types = WorkType.objects.bulk_create(
        WorkType(code=row.code, name=row.name, position=first + number)
        for number, row in enumerate(rows)
    )
    card = _firm_card()
    Rate.objects.bulk_create(
        Rate(
            rate_card=card,
            work_type=work_type,
            starts_on=LONG_AGO,
            **{name: getattr(row, name) for name in RATE_FIELDS},
        )
        for row, work_type in zip(rows, types, strict=True)
    )
    return [work_type.pk for work_type in types]


def _change_rates(changes: Sequence[Change]) -> None:
    update_fields(WorkType.objects.all(), changes, ("name",))
    card = _firm_card()
    for change in changes:
        row = row_of(RateRow, change)
        names = change.fields.intersection(RATE_FIELDS)
        if names:
            fields = {name: getattr(row, name) for name in RATE_FIELDS if name in names}
            Rate.objects.update_or_create(
                rate_card=card,
                work_type_id=change.target_id,
                defaults={**fields, "starts_on": LONG_AGO},
            )


def _find_client_rates(accepted: Sequence[Accepted]) -> dict[str, Found]:
    rows = {(row.client, row.work_type): row.key for row in rows_of(ClientRateRow, accepted)}
    here = Rate.objects.filter(rate_card__client__code__in={client for client, _type in rows})
    found: dict[str, Found] = {}
    for pk, client, code in here.values_list("pk", "rate_card__client__code", "work_type__code"):
        key = rows.get((client, code))
        if key is not None:
            found[key] = Found(pk, DATED_HERE if key in found else "")
    return found


def _create_client_rates(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(ClientRateRow, accepted)
    clients = Client.objects.filter(code__in={row.client for row in rows})
    cards = {card.client_id: card for card in RateCard.objects.filter(client__in=clients)}
    bare = [client for client in clients if client.pk not in cards]
    made = RateCard.objects.bulk_create(RateCard(client=one, name=one.name[:120]) for one in bare)
    cards.update({card.client_id: card for card in made})
    by_code = {client.code: cards[client.pk] for client in clients}
    types = dict(WorkType.objects.values_list("code", "pk"))
    rates = Rate.objects.bulk_create(
        Rate(
            rate_card=by_code[row.client],
            work_type_id=types[row.work_type],
            hourly_rate=row.hourly_rate,
            starts_on=LONG_AGO,
        )
        for row in rows
    )
    return [rate.pk for rate in rates]


def _change_client_rates(changes: Sequence[Change]) -> None:
    update_fields(Rate.objects.all(), changes, ("hourly_rate",))


def _find_flat_rates(accepted: Sequence[Accepted]) -> dict[str, Found]:
    here = Product.objects.filter(code__in=[one.key for one in accepted])
    return {
        product.code: Found(
            product.pk,
            ""
            if product.kind == ProductKind.FLAT_RATE
            else f"{product.code} is already a product of another kind here, {product.name}",
        )
        for product in here
    }


def _create_flat_rates(accepted: Sequence[Accepted]) -> list[int]:
    made = Product.objects.bulk_create(
        Product(code=row.code, name=row.name, price=row.price, kind=ProductKind.FLAT_RATE)
        for row in rows_of(FlatRateRow, accepted)
    )
    return [product.pk for product in made]


def _change_flat_rates(changes: Sequence[Change]) -> None:
    """Change the price list, and imported jobs at its old price that are not billed yet."""
    old = Product.objects.in_bulk([change.target_id for change in changes])
    for change in changes:
        if "price" in change.fields and not change.is_adopted:
            FlatRateItem.objects.filter(
                product=change.target_id,
                price=old[change.target_id].price,
                billed_elsewhere=False,
                claims__isnull=True,
            ).exclude(external_ref="").update(price=row_of(FlatRateRow, change).price)
    update_fields(Product.objects.all(), changes, ("name", "price"))


def _find_contracts(accepted: Sequence[Accepted]) -> dict[str, Found]:
    here = Contract.objects.filter(number__in=[one.key for one in accepted])
    return {
        number: Found(pk, f"{number} is already another contract here")
        for number, pk in here.values_list("number", "pk")
    }


def _blocked_contracts(changes: Sequence[Change]) -> dict[str, str]:
    contracts = {change.target_id: change.accepted.key for change in changes}
    lines = ContractLine.objects.filter(contract__in=contracts)
    of_contract: dict[int, list[int]] = {}
    for pk, contract in lines.values_list("pk", "contract"):
        of_contract.setdefault(contract, []).append(pk)
    held = billed_on("contract_line", [pk for some in of_contract.values() for pk in some])
    busy = set(
        lines.annotate(n=Count("versions")).filter(n__gt=1).values_list("contract", flat=True)
    )
    blocked: dict[str, str] = {}
    for contract, key in contracts.items():
        mine = of_contract.get(contract, [])
        papers = [held[pk] for pk in mine if pk in held]
        if papers:
            blocked[key] = f"already billed here on {papers[0]}; change the contract here"
        elif len(mine) != 1 or contract in busy:
            blocked[key] = "the contract has been changed here since; change it here"
    return blocked


def _create_contracts(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(ContractRow, accepted)
    clients = dict(
        Client.objects.filter(code__in={row.client for row in rows}).values_list("code", "pk")
    )
    contracts = Contract.objects.bulk_create(
        Contract(
            client_id=clients[row.client],
            number=row.number,
            name=row.name,
            starts_on=row.starts_on,
            last_day_on=row.last_day_on,
        )
        for row in rows
    )
    lines = ContractLine.objects.bulk_create(
        ContractLine(
            contract=contract,
            description=row.name,
            unit=row.unit,
            timing=row.timing,
            starts_on=row.starts_on,
            last_day_on=row.last_day_on,
            billed_through_on=row.billed_through_on,
        )
        for row, contract in zip(rows, contracts, strict=True)
    )
    LineVersion.objects.bulk_create(
        LineVersion(
            line=line, starts_on=row.starts_on, quantity=row.quantity, unit_price=row.unit_price
        )
        for row, line in zip(rows, lines, strict=True)
    )
    _cover(zip((contract.pk for contract in contracts), rows, strict=True))
    return [contract.pk for contract in contracts]


def _cover(rows: "zip[tuple[int, ContractRow]]") -> None:
    types = dict(WorkType.objects.values_list("code", "pk"))
    CoverageRule.objects.bulk_create(
        CoverageRule(contract_id=contract, work_type_id=types[code])
        for contract, row in rows
        for code in row.covers
    )


def _change_contracts(changes: Sequence[Change]) -> None:
    update_fields(Contract.objects.all(), changes, ("name", "starts_on", "last_day_on"))
    for change in changes:
        row = row_of(ContractRow, change)
        if "client" in change.fields:
            client = Client.objects.get(code=row.client)
            Contract.objects.filter(pk=change.target_id).update(client=client)
        ContractLine.objects.filter(contract=change.target_id).update(
            description=row.name,
            unit=row.unit,
            timing=row.timing,
            starts_on=row.starts_on,
            last_day_on=row.last_day_on,
            billed_through_on=row.billed_through_on,
        )
        LineVersion.objects.filter(line__contract=change.target_id).update(
            starts_on=row.starts_on, quantity=row.quantity, unit_price=row.unit_price
        )
    covered = [change for change in changes if "covers" in change.fields]
    ids = [change.target_id for change in covered]
    CoverageRule.objects.filter(contract__in=ids).delete()
    _cover(zip(ids, (row_of(ContractRow, change) for change in covered), strict=True))


RATE_STORE = Store(WorkType, _find_work_types, _blocked_rates, _create_rates, _change_rates)
CLIENT_RATE_STORE = Store(
    Rate, _find_client_rates, nothing_blocks, _create_client_rates, _change_client_rates
)
FLAT_RATE_STORE = Store(
    Product, _find_flat_rates, nothing_blocks, _create_flat_rates, _change_flat_rates
)
CONTRACT_STORE = Store(
    Contract, _find_contracts, _blocked_contracts, _create_contracts, _change_contracts
)
