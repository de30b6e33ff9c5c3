"""Minutes of billed time that were taken back and are not credited yet."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum

from billing.domain.agreements import Drawn
from billing.domain.evidence import Portion, TimeTakenBack, TimeWorked
from billing.models import Charge, Claim, InvoiceStatus
from billing.queries.time import work_types
from tickets.models import TimeCorrection

FINAL = Q(charge__invoice=None) | Q(charge__invoice__status=InvoiceStatus.ISSUED)
# Said of the part of an entry that was rated as another work type than it was logged as.
RATED_AS = "work_type_id"
Entries = Callable[[Collection[int]], Mapping[int, list[TimeWorked]]]


def taken_back_of(
    client_ids: Collection[int], as_of: date, entries: Entries
) -> dict[int, list[TimeTakenBack]]:
    """Return, by client, what is to be credited; ``entries`` makes values of time entries.

    One query where nothing was taken back, a constant number where something was.
    """
    rows = list(_corrections(client_ids, as_of))
    if not rows:
        return {}
    keys = {row.time_entry_id for row in rows}
    portions = _portions_of(keys)
    found: dict[int, list[TimeTakenBack]] = defaultdict(list)
    for client_id, of_client in entries(keys).items():
        known = {entry.id: entry for entry in of_client}
        for row in rows:
            if row.time_entry_id in known:
                found[client_id].append(
                    TimeTakenBack(
                        id=row.pk,
                        entry=known[row.time_entry_id],
                        minutes=row.minutes,
                        found_on=row.found_on,
                        reason=row.reason,
                        portions=portions.get(row.time_entry_id, ()),
                    )
                )
    return found


def _corrections(client_ids: Collection[int], as_of: date) -> Iterable[TimeCorrection]:
    claimed = Claim.objects.filter(time_correction=OuterRef("pk"), released_at=None)
    return TimeCorrection.objects.filter(
        ~Exists(claimed),
        time_entry__ticket__client__one_of=client_ids,
        found_on__lt=as_of,
    ).order_by("pk")


def _portions_of(entry_ids: Collection[int]) -> dict[int, list[Portion]]:
    """Return, by entry, its charges that are final, less what was taken back of them before."""
    before, noted = _credited(entry_ids), _noted(entry_ids)
    found: dict[int, list[Portion]] = defaultdict(list)
    drafted = set()
    claims = Claim.objects.filter(time_entry__in=entry_ids, released_at=None)
    rows = claims.annotate(is_final=FINAL).select_related("charge").order_by("portion")
    types = work_types() if any(RATED_AS in claim.charge.basis for claim in rows) else {}
    for claim in rows:
        minutes, amount, quantity = before.get((claim.time_entry_id, claim.portion), NOTHING)
        portion = _portion(claim, minutes, amount, quantity)
        found[claim.time_entry_id or 0].append(
            replace(
                portion,
                credited=noted.get(claim.charge_id, Decimal(0)),
                work_type=types.get(claim.charge.basis.get(RATED_AS)),
            )
        )
        if not claim.is_final:
            drafted.add(claim.time_entry_id)
    return {key: portions for key, portions in found.items() if key not in drafted}


NOTHING = (0, Decimal(0), Decimal(0))


def _credited(
    entry_ids: Collection[int],
) -> dict[tuple[int | None, int], tuple[int, Decimal, Decimal]]:
    """Return what was credited before, by entry and portion, all as negative numbers."""
    rows = (
        Claim.objects.filter(time_correction__time_entry__in=entry_ids, released_at=None)
        .values_list(F("time_correction__time_entry_id"), "portion")
        .annotate(Sum("billed_minutes"), Sum("charge__amount"), Sum("drawn_quantity"))
        .order_by()
    )
    return {
        (entry_id, portion): (minutes or 0, amount, quantity)
        for entry_id, portion, minutes, amount, quantity in rows
    }


def _noted(entry_ids: Collection[int]) -> dict[int | None, Decimal]:
    """Return, by charge, what credit notes and discounts took back of the entries' charges."""
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for name, sign in (("credits", 1), ("reduces", -1)):
        upon = {
            f"{name}__claims__time_entry__in": entry_ids,
            f"{name}__claims__released_at": None,
        }
        rows = Charge.objects.filter(**upon).order_by().values_list(f"{name}_id")
        for charge_id, amount in rows.annotate(Sum("amount")):
            found[charge_id] += sign * amount
    return found


def _portion(claim: Claim, minutes: int, amount: Decimal, quantity: Decimal) -> Portion:
    charge = claim.charge
    billed = claim.billed_minutes if claim.billed_minutes is not None else _billed_by(charge)
    return Portion(
        number=claim.portion,
        revision=claim.revision,
        treatment=charge.treatment,
        worked=claim.minutes or 0,
        billed=billed + minutes,
        unit_price=charge.unit_price,
        amount=charge.amount + amount,
        drawn=_drawn(claim, quantity),
        contract_id=charge.contract_id,
    )


def _billed_by(charge: Any) -> int:  # noqa: ANN401  (a row)
    """Return the minutes of a charge that was written before claims had them."""
    return int(charge.quantity)


def _drawn(claim: Claim, quantity: Decimal) -> Drawn | None:
    if claim.allowance_id is None and claim.drawn_block_id is None:
        return None
    return Drawn(
        worked_on=claim.charge.starts_on,
        quantity=claim.drawn_quantity + quantity,
        allowance_id=claim.allowance_id,
        bucket_on=claim.bucket_on,
        block_id=claim.drawn_block_id,
        ticket_id=claim.charge.ticket_id,
    )
