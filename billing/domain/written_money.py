"""Amounts as banks write them into a CSV: grouped, signed in their own ways, with a currency."""

import re
from decimal import Decimal

from billing.domain.statement import UnreadableStatement, amount_from

# What stands for a sign or parts thousands, beside what a computer would write.
_PLAIN = str.maketrans({"\u2212": "-", "\u2019": "'", " ": "", "\u00a0": "", "\u202f": ""})
_CURRENCY = re.compile(r"^(?:[A-Z]{3}|[€$£])|(?:[A-Z]{3}|[€$£])$")
_SIGNED = re.compile(r"(?P<before>[+-]?)(?P<digits>[\d.,']+)(?P<after>[+-]?)")


def money_from(written: str, place: int, decimal: str) -> Decimal:
    """Return an amount whose cents stand behind ``decimal``.

    Groups have three digits: a file whose cents stand behind the other sign is refused, where it
    would otherwise become a hundred times as much.

    :raises UnreadableStatement: it is no amount of at most two decimals
    """
    plain = _CURRENCY.sub("", written.translate(_PLAIN))
    is_bracketed = plain.startswith("(") and plain.endswith(")")
    found = _SIGNED.fullmatch(plain[1:-1] if is_bracketed else plain)
    if found is None or (found["before"] and found["after"]):
        raise UnreadableStatement("amount", place, written)
    group = "." if decimal == "," else ","
    parts = rf"\d{{1,3}}(?:[{group}']\d{{3}})+|\d+"
    if not re.fullmatch(rf"(?:{parts})(?:[{decimal}]\d+)?", found["digits"]):
        raise UnreadableStatement("amount", place, written)
    amount = amount_from(found["digits"].replace(group, "").replace("'", ""), place)
    return -amount if is_bracketed or "-" in (found["before"], found["after"]) else amount
