"""Sealing money that came, went or did not count: its canonical form and the digest of it.

The form is JSON as that of documents is: sorted keys, no spaces, amounts and days as strings.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from billing.domain.sealing import Digest

FORM = "fixpoint-money-1"
_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_CENTS = Decimal("0.01")
Share = tuple[int, Decimal]


def digest_of_receipt(
    payment_id: int, client_id: int, receipt: tuple[date, Decimal, str, str, str]
) -> Digest:
    """Return the digest of a payment: its day, amount, currency, method and reference."""
    return _digest({"payment": payment_id, "client": client_id, **_moved(receipt)})


def digest_of_payout(
    refund_id: int,
    client_id: int,
    payout: tuple[date, Decimal, str, str, str],
    shares: Iterable[Share],
) -> Digest:
    """Return the digest of a refund, with the part that each payment bears."""
    parts = [[payment_id, _money(amount)] for payment_id, amount in sorted(shares)]
    return _digest({"refund": refund_id, "client": client_id, "of": parts, **_moved(payout)})


def digest_of_reversal(
    reversal_id: int, target: tuple[int | None, int | None], why: tuple[date, str, str]
) -> Digest:
    """Return the digest of a reversal: of which payment or refund, when, for what reason."""
    (payment_id, refund_id), (day, reason, note) = target, why
    return _digest(
        {
            "reversal": reversal_id,
            "payment": payment_id,
            "refund": refund_id,
            "on": day.isoformat(),
            "reason": reason,
            "note": note,
        }
    )


def digest_of_cancellation(
    cancellation_id: int, invoice: str, note: str, why: tuple[date, str]
) -> Digest:
    """Return the digest of a cancellation: of which invoice, by which credit note, when and why."""
    day, reason = why
    return _digest(
        {
            "cancellation": cancellation_id,
            "invoice": invoice,
            "credit_note": note,
            "on": day.isoformat(),
            "reason": reason,
        }
    )


def _moved(money: tuple[date, Decimal, str, str, str]) -> dict[str, object]:
    day, amount, currency, method, reference = money
    return {
        "on": day.isoformat(),
        "amount": _money(amount),
        "currency": currency,
        "method": method,
        "reference": reference,
    }


def _digest(facts: Mapping[str, object]) -> Digest:
    return Digest.of(_text({"form": FORM, **facts}))


def _money(amount: Decimal) -> str:
    return str(amount.quantize(_CENTS))
