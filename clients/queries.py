"""Reads across the parties."""

import re
from collections.abc import Iterable, Iterator

from clients.models import Client


def next_client_code() -> str:
    """Suggest the code after the highest one that is letters and digits."""
    return next(client_codes_from(Client.objects.values_list("code", flat=True)))


def client_codes_from(codes: Iterable[str]) -> Iterator[str]:
    """Yield codes that follow the highest of the given ones, such as C001, C002 and on."""
    parts = [re.fullmatch(r"([A-Z]{1,3}-?)(\d+)", code) for code in codes]
    known = [(int(part[2]), part[1], len(part[2])) for part in parts if part]
    number, prefix, width = max(known, default=(0, "C", 4))
    while True:
        number += 1
        yield f"{prefix}{number:0{width}d}"
