"""Sealing what is done with the books themselves: write-offs, closings and exports.

The form is JSON as that of money is: sorted keys, no spaces, amounts and days as strings.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from billing.domain.sealing import Digest

FORM = "fixpoint-books-1"
_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_CENTS = Decimal("0.01")
Days = tuple[date, date]


def digest_of_write_off(
    write_off_id: int, number: str, given_up: tuple[date, Decimal, str, bool]
) -> Digest:
    """Return the digest of a write-off: of which invoice, when, how much, why, with its tax."""
    day, amount, reason, takes_back_tax = given_up
    return _digest(
        {
            "write_off": write_off_id,
            "invoice": number,
            "on": day.isoformat(),
            "amount": str(amount.quantize(_CENTS)),
            "reason": reason,
            "takes_back_tax": takes_back_tax,
        }
    )


def digest_of_closing(
    closing_id: int, kind: str, days: Days, totals: Mapping[str, object]
) -> Digest:
    """Return the digest of a closing: its period and its totals."""
    return _digest({"closing": closing_id, "kind": kind, **_days(days), "totals": totals})


def digest_of_export(export_id: int, kind: str, days: Days, file: tuple[str, int, str]) -> Digest:
    """Return the digest of an export: its period, and its file with lines and hash."""
    name, lines, digest = file
    return _digest(
        {
            "export": export_id,
            "kind": kind,
            **_days(days),
            "file": name,
            "lines": lines,
            "sha256": digest,
        }
    )


def _days(days: Days) -> dict[str, str]:
    first, last = days
    return {"from": first.isoformat(), "through": last.isoformat()}


def _digest(facts: Mapping[str, object]) -> Digest:
    return Digest.of(_text({"form": FORM, **facts}))
