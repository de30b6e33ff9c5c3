"""One page of a list, as the template draws it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from core import display
from core.addresses import address
from core.listing import cells
from core.listing.columns import BulkAction, Column, Empty, Text, follow
from core.listing.sources import COUNTED_AT_MOST, Totals


@dataclass(frozen=True)
class Head:
    """The head of a column, with the address that sorts by it."""

    column: Column[Any]
    url: str
    sorted: str

    @property
    def icon(self) -> str:
        """The arrow beside the name."""
        return {"ascending": "chevron-up", "descending": "chevron-down"}.get(self.sorted, "")


@dataclass(frozen=True)
class Line:
    """One row: its drawn cells, a box before them where rows can be selected, and its own page."""

    row: Any
    url: str
    cells: SafeString


@dataclass(frozen=True)
class Action:
    """A bulk action as this reader sees it."""

    label: Text
    url: str
    question: Text
    icon: str
    look: str


@dataclass(frozen=True)
class FilterBar:
    """The search and the filters of a list whose rows are drawn in another way than as a table."""

    request: HttpRequest
    name: str
    searches: bool
    form: forms.Form | None

    @property
    def dom_id(self) -> str:
        """The id of the element that htmx swaps."""
        return f"listing-{self.name}"

    @property
    def path(self) -> str:
        """The address of the list without its query."""
        return self.request.path

    @property
    def words(self) -> str:
        """What was searched for."""
        return self.request.GET.get("q", "")


@dataclass
class ListingPage:
    """Everything the template needs; its addresses keep whatever else the address holds."""

    request: HttpRequest
    name: str
    columns: list[Column[Any]]
    rows: list[Any]
    sort: str
    number: int
    size: int
    count: int
    has_next: bool
    totals: Totals
    currency: str
    empty: Empty
    actions: list[BulkAction]
    row_url: Callable[[Any], str]
    acts_on_all: bool = False
    searches: bool = True
    form: forms.Form | None = None
    is_embedded: bool = False
    about: Mapping[str, str] = field(default_factory=dict)
    _query: QueryDict = field(init=False)

    def __post_init__(self) -> None:
        self._query = self.request.GET.copy()
        self._query.pop("page", None)

    @property
    def dom_id(self) -> str:
        """The id of the element that htmx swaps."""
        return f"listing-{self.name}"

    @property
    def path(self) -> str:
        """The address of the list without its query."""
        return self.request.path

    @property
    def words(self) -> str:
        """What was searched for."""
        return self.request.GET.get("q", "")

    @property
    def heads(self) -> list[Head]:
        """The columns' heads."""
        return [self._head(column) for column in self.columns]

    @property
    def lines(self) -> Iterator[Line]:
        """The rows as cells."""
        pens = [cells.Pen(column, self.request) for column in self.columns]
        box = cells.Box(self.dom_id) if self.bulk_actions else None
        for row in self.rows:
            url = self.row_url(row)
            code = str(follow(row, self.currency) or "") if self.currency else ""
            drawn = [pen.draw(row, code, url) for pen in pens]
            yield Line(row, url, cells.side_by_side([box.draw(row), *drawn] if box else drawn))

    @property
    def total_cells(self) -> list[tuple[Column[Any], SafeString]]:
        """The last line: under each column that adds up its totals, one for each currency."""
        if not self.totals or not self.rows:
            return []
        return [(column, self._total(column)) for column in self.columns]

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        kept = {"sort", "page", "export", "layout", "view", "columns"}
        kept |= self.about.keys()
        return any(value for name, value in self.request.GET.items() if name not in kept)

    @property
    def clear_url(self) -> str:
        """The list without what narrows it; what it is about stays."""
        return f"{self.path}?{urlencode(self.about)}" if self.about else self.path

    @property
    def count_text(self) -> str:
        """How many rows there are, in words."""
        if self.count > COUNTED_AT_MOST:
            most = display.number_text(COUNTED_AT_MOST)
            return gettext("more than %(n)s rows; narrow the list to see totals") % {"n": most}
        words = ngettext("%(n)s row", "%(n)s rows", self.count)
        return words % {"n": display.number_text(self.count)}

    @property
    def range_text(self) -> str:
        """Which rows this page holds."""
        first = (self.number - 1) * self.size + 1
        last = first + len(self.rows) - 1
        shown = f"{display.number_text(first)}–{display.number_text(last)}"
        if self.count > COUNTED_AT_MOST:
            return shown
        return gettext("%(shown)s of %(count)s") % {
            "shown": shown,
            "count": display.number_text(self.count),
        }

    @property
    def has_pages(self) -> bool:
        """Whether there is more than this page."""
        return self.has_next or self.number > 1

    @property
    def previous_url(self) -> str:
        """The page before, if any."""
        return self._url(page=str(self.number - 1)) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, if any."""
        return self._url(page=str(self.number + 1)) if self.has_next else ""

    @property
    def csv_url(self) -> str:
        """The whole list as CSV."""
        return self._url(export="csv")

    @property
    def xlsx_url(self) -> str:
        """The whole list as a spreadsheet."""
        return self._url(export="xlsx")

    @cached_property
    def bulk_actions(self) -> list[Action]:
        """What this reader may do to the selected rows."""
        return [
            Action(one.label, address(one.url_name), one.question, one.icon, one.look)
            for one in self.actions
            if self.request.user.has_perm(one.permission)
        ]

    @property
    def offers_all(self) -> bool:
        """Whether the actions can be done to all rows, of which this page shows but some."""
        return self.acts_on_all and self.has_pages and self.count <= COUNTED_AT_MOST

    @property
    def query(self) -> str:
        """What narrows the list, for an action that is done to all of it."""
        return self._query.urlencode()

    @property
    def empty_url(self) -> str:
        """Where the reader can make the first row, if they may."""
        allowed = not self.empty.permission or self.request.user.has_perm(self.empty.permission)
        return address(self.empty.url_name) if self.empty.url_name and allowed else ""

    @property
    def span(self) -> int:
        """How many columns the table has."""
        return len(self.columns) + bool(self.bulk_actions)

    def _head(self, column: Column[Any]) -> Head:
        if not column.sort:
            return Head(column, "", "")
        if self.sort == column.key:
            return Head(column, self._url(sort=f"-{column.key}"), "ascending")
        state = "descending" if self.sort == f"-{column.key}" else ""
        return Head(column, self._url(sort=column.key), state)

    def _total(self, column: Column[Any]) -> SafeString:
        sums = self.totals.get(column.key, [])
        return cells.joined([cells.written(column, total, code) for code, total in sums])

    def _url(self, **changes: str) -> str:
        query = self._query.copy()
        for name, value in changes.items():
            query[name] = value
        return f"{self.path}?{query.urlencode()}"
