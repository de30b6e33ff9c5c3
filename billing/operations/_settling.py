"""Keeping from when on contract lines must be read, inside the transaction that read them."""

from collections.abc import Iterable

from billing.domain.settled import Settled
from billing.models import SettledLine


def settle(lines: Iterable[Settled]) -> None:
    """Keep what was found settled under the client's lock; claims that change it take it away."""
    rows = [
        SettledLine(line_id=one.line_id, before_on=one.before_on, digest=one.digest)
        for one in lines
    ]
    if rows:
        SettledLine.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["line"],
            update_fields=["before_on", "digest"],
        )
