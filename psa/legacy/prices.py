"""Rates, flat rates and contracts, as the old system writes them."""

from datetime import date

from psa.legacy import values
from psa.legacy.cells import Cells, Refused
from psa.legacy.rows import ClientRateRow, ContractRow, FlatRateRow, RateRow
from psa.legacy.world import CLIENT, WORK_TYPE, World

UNITS = {"par_poste": "device", "par_utilisateur": "user", "forfait": "flat", "par_site": "site"}
TIMINGS = {"avance": "advance", "echu": "arrears"}
HOURLY_DIGITS = 6
NO_END = f"/{values.NO_END_YEAR}"


def read_rate(cells: Cells, _world: World) -> RateRow:
    """Return a work type with its rate; without a step minutes count as they are."""
    code = cells.code("type", 40)
    return RateRow(
        code=code,
        name=cells.text("libelle", 120) or code,
        hourly_rate=cells.amount("taux_horaire", HOURLY_DIGITS),
        minimum_minutes=cells.whole("minimum_min") if cells.text("minimum_min") else 0,
        step_minutes=max(1, cells.whole("pas_min") if cells.text("pas_min") else 0),
    )


def read_client_rate(cells: Cells, world: World) -> ClientRateRow:
    """Return a client's own rate."""
    return ClientRateRow(
        client=world.require(CLIENT, cells.needed("client")),
        work_type=world.require(WORK_TYPE, cells.needed("type")),
        hourly_rate=cells.amount("taux_horaire", HOURLY_DIGITS),
    )


def read_flat_rate(cells: Cells, _world: World) -> FlatRateRow:
    """Return a flat-rate service."""
    code = cells.code("code", 40)
    return FlatRateRow(
        code=code, name=cells.text("libelle", 160) or code, price=cells.amount("prix")
    )


def read_contract(cells: Cells, world: World) -> ContractRow:
    """Return a contract; its last day cannot come before its first."""
    number = cells.code("numero", 20)
    client = world.require(CLIENT, cells.needed("client"))
    starts_on = cells.day("debut")
    last_day_on = _last_day(cells)
    if last_day_on is not None and last_day_on < starts_on:
        raise Refused(f"fin {cells.text('fin')} comes before debut {cells.text('debut')}")
    return ContractRow(
        number=number,
        client=client,
        name=cells.text("intitule", 160) or number,
        unit=cells.choice("mode", UNITS),
        quantity=cells.quantity("quantite"),
        unit_price=cells.amount("prix_mensuel_ht"),
        timing=cells.choice("echeance", TIMINGS),
        starts_on=starts_on,
        last_day_on=last_day_on,
        billed_through_on=cells.day_or_none("facture_jusquau"),
        covers=_covers(cells, world),
    )


def _last_day(cells: Cells) -> date | None:
    if cells.text("fin").endswith(NO_END):
        cells.notes.append(f"fin: {cells.text('fin')} is read as no end")
        return None
    return cells.day_or_none("fin")


def _covers(cells: Cells, world: World) -> tuple[str, ...]:
    codes = {values.clean(code) for code in cells.text("couvre").split("+")} - {""}
    return tuple(world.require(WORK_TYPE, code) for code in sorted(codes))
