"""What of the list's address a saved view keeps, and the address it opens."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

NAMES = (
    "scope",
    "q",
    "status",
    "priority",
    "assignee",
    "board",
    "billing_mode",
    "client",
    "tag",
)
LONGEST = 200


def kept_filters(asked: Mapping[str, object]) -> dict[str, str]:
    """Return the filters among what is asked for; whatever else stands there is dropped."""
    found = {name: str(asked.get(name) or "").strip()[:LONGEST] for name in NAMES}
    return {name: value for name, value in found.items() if value}


def filters_in(query: str) -> dict[str, str]:
    """Return the filters of an address."""
    return kept_filters(dict(parse_qsl(query)))


def query_of(
    *, view_id: int, filters: Mapping[str, str], sort: str, columns: Sequence[str], layout: str
) -> str:
    """Return the query with which the list shows a view; without a filter it shows the desk."""
    asked = {"view": str(view_id), **(kept_filters(filters) or {"scope": "desk"})}
    more = {"sort": sort, "columns": ",".join(columns), "layout": layout}
    return urlencode({**asked, **{name: value for name, value in more.items() if value}})
