"""Lines by hand as rating wants them."""

from collections import defaultdict
from collections.abc import Collection

from billing.domain import evidence
from billing.models import Claim, HandLine
from core.periods import Period


def open_hand_lines_of(client_ids: Collection[int]) -> dict[int, list[evidence.HandLine]]:
    """Return, by client, the lines that are on no draft and no invoice."""
    found: dict[int, list[evidence.HandLine]] = defaultdict(list)
    rows = HandLine.objects.open().filter(client__one_of=client_ids).order_by("pk")
    for row in rows:
        found[row.client_id].append(rated_from(row))
    return found


def rated_from(row: HandLine) -> evidence.HandLine:
    """Return a line as rating wants it."""
    return evidence.HandLine(
        id=row.pk,
        description=row.description,
        period=Period.through(row.starts_on, row.last_day_on),
        quantity=row.quantity,
        unit_price=row.unit_price,
        tax_code=row.tax_code,
        ledger_account=row.ledger_account,
        is_goods=row.is_goods,
        purchase_order_id=row.purchase_order_id,
    )


def draft_of(hand_line_id: int) -> int | None:
    """Return the draft or invoice that a line stands on, None where it stands on none."""
    live = Claim.objects.filter(hand_line=hand_line_id, released_at=None)
    return live.values_list("charge__invoice", flat=True).first()
