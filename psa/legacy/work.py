"""Tickets and what was done on them, as the old system writes them."""

from datetime import datetime, timedelta

from psa.legacy import values
from psa.legacy.cells import Cells, Refused
from psa.legacy.rows import PartRow, TicketRow, TimeRow
from psa.legacy.world import CLIENT, FLAT_RATE, TICKET, WORK_TYPE, World

MODES = {"regie": "hourly", "forfait": "flat_rate", "offert": "free"}
SUBJECT_LENGTH = 200
LONGEST_ENTRY = timedelta(days=7)


def read_ticket(cells: Cells, world: World) -> TicketRow:
    """Return a ticket; a long subject is cut and kept whole in the description."""
    number = cells.code("numero", 20)
    client = world.require(CLIENT, cells.needed("client"))
    mode = cells.choice("mode", MODES)
    opened_at = cells.loose_moment("ouvert_le", world.zone)
    subject = cells.text("objet")
    return TicketRow(
        number=number,
        client=client,
        subject=cells.text("objet", SUBJECT_LENGTH) or number,
        description=subject if len(subject) > SUBJECT_LENGTH else "",
        opened_at=opened_at,
        closed_at=_closed_at(cells, world, opened_at),
        billing_mode=mode,
        flat_rate=_flat_rate(cells, world, mode),
        billed_elsewhere=_flat_rate_billed(cells, mode),
    )


def read_time(cells: Cells, world: World) -> TimeRow:
    """Return a time entry in real minutes, on the local day on which it began."""
    ref = cells.code("id", 60)
    ticket = world.require(TICKET, cells.needed("ticket"))
    work_type = world.require(WORK_TYPE, cells.needed("type"))
    started_at = cells.moment("debut", world.zone)
    ended_at = cells.moment("fin", world.zone)
    if ended_at <= started_at:
        raise Refused(f"fin {cells.text('fin')} is not after debut {cells.text('debut')}")
    if ended_at - started_at > LONGEST_ENTRY:
        raise Refused(f"from {cells.text('debut')} to {cells.text('fin')} is more than a week")
    return TimeRow(
        ref=ref,
        ticket=ticket,
        technician=cells.needed("technicien", 80),
        started_at=started_at,
        ended_at=ended_at,
        minutes=values.minutes_between(started_at, ended_at),
        worked_on=cells.read("debut", values.read_clock)[0],
        work_type=work_type,
        is_billable=cells.flag("facturable"),
        billed_elsewhere=cells.flag("facture"),
        note=cells.text("note"),
    )


def read_part(cells: Cells, world: World) -> PartRow:
    """Return a part used."""
    ref = cells.code("id", 60)
    ticket = world.require(TICKET, cells.needed("ticket"))
    reference = cells.text("reference", 40)
    return PartRow(
        ref=ref,
        ticket=ticket,
        reference=reference,
        description=cells.text("libelle", 200) or reference or ref,
        quantity=cells.quantity("quantite"),
        unit_price=cells.amount("prix_unitaire"),
        used_on=cells.read("date", values.read_clock)[0],
        billed_elsewhere=cells.flag("facture"),
    )


def _closed_at(cells: Cells, world: World, opened_at: datetime) -> datetime | None:
    """Return when the ticket was closed; a day alone means in the course of that day."""
    if not cells.text("clos_le"):
        return None
    day, at = cells.read("clos_le", values.read_clock)
    closed_at = cells.loose_moment("clos_le", world.zone)
    if at is None and day == opened_at.astimezone(world.zone).date():
        return opened_at
    if closed_at < opened_at:
        raise Refused(
            f"clos_le {cells.text('clos_le')} comes before ouvert_le {cells.text('ouvert_le')}"
        )
    return closed_at


def _flat_rate(cells: Cells, world: World, mode: str) -> str:
    code = cells.text("forfait")
    if mode != "flat_rate":
        if code:
            cells.notes.append(f"forfait: {code} has no meaning on this ticket and is left out")
        return ""
    return world.require(FLAT_RATE, cells.needed("forfait"))


def _flat_rate_billed(cells: Cells, mode: str) -> bool:
    if mode == "flat_rate":
        return cells.flag("facture")
    if cells.text("facture").lower() == "oui":
        cells.notes.append(
            "facture: oui has no meaning on a ticket without flat rate; "
            "its times and parts say themselves whether they were billed"
        )
    return False
