"""What a list shows of each row, as data."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from django.db.models import Aggregate
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Row = TypeVar("Row")
Text = str | Promise
Kind = Literal[
    "text", "figure", "money", "number", "percent", "minutes", "day", "moment", "ago", "flag"
]  # fmt: skip
# A figure is a text that was written already, such as 4 h 15.
RIGHT_ALIGNED = frozenset({"figure", "money", "number", "percent", "minutes"})
ONE_LINE = RIGHT_ALIGNED | {"day"}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: what it is called, where its value comes from, how it is written and sorted.

    ``value`` is a dotted path or a function of the row; left out, it is the key itself. ``kind``
    says how the value is written. ``cell`` is a template (``app/page.html#partial``) that draws the
    value for the screen, given ``row`` and ``value``; rows for which ``alike`` returns the same
    look the same in it, so that the template is drawn once for all of them; ``draw`` does without a
    template, which takes most of the time of a long list. ``sort`` is one database path or several,
    or True where the rows are a plain sequence. ``total`` is an aggregate for querysets, True for
    sequences. On a phone ``title`` columns come first and large, ``side`` columns stand at the
    right, ``hidden`` ones are left out. With ``permission`` it is there for those who have it; one
    that ``is_shown`` nowhere is there for exports alone.
    """

    key: str
    label: Text
    value: str | Callable[[Row], object] = ""
    kind: Kind = "text"
    sort: str | tuple[str, ...] | bool = ""
    total: Aggregate | Combinable | bool | None = None
    cell: str = ""
    draw: Callable[[Row], SafeString] | None = None
    alike: Callable[[Row], Hashable] | None = None
    link: bool = False
    phone: Literal["", "title", "side", "hidden"] = ""
    exported: bool = True
    is_shown: bool = True
    permission: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the column is set flush right, as figures are."""
        return self.kind in RIGHT_ALIGNED

    @property
    def look(self) -> str:
        """The CSS classes of its cells."""
        side = "text-end" if self.is_right else ""
        line = "text-nowrap" if self.kind in ONE_LINE else ""
        return " ".join(name for name in (side, line, self.phone_class) if name)

    @property
    def phone_class(self) -> str:
        """The CSS class that places the cell on a phone."""
        place = self.phone or ("title" if self.link else "")
        return {"title": "cell-title", "side": "cell-side", "hidden": "cell-hide-phone"}.get(
            place, ""
        )

    def of(self, row: Row) -> Any:  # noqa: ANN401  (a column holds any type)
        """Return this column's value of a row; None where a link of the path is missing."""
        if callable(self.value):
            return self.value(row)
        return follow(row, self.value or self.key)


@dataclass(frozen=True)
class Empty:
    """What a list says when there is nothing to list, and what to do about it."""

    title: Text
    text: Text = ""
    icon: str = "inbox"
    url_name: str = ""
    action: Text = ""
    permission: str = ""


@dataclass(frozen=True)
class BulkAction:
    """Something done to all selected rows: a POST of ``selected`` ids to an address."""

    label: Text
    url_name: str
    permission: str
    question: Text = ""
    icon: str = "check"
    look: str = "btn btn-sm"


def follow(row: object, path: str) -> Any:  # noqa: ANN401  (a column holds any type)
    """Follow a dotted path of attributes or keys; methods are called, None ends the walk."""
    found: Any = row
    for step in path.split("."):
        found = found.get(step) if isinstance(found, dict) else getattr(found, step, None)
        if callable(found):
            found = found()
        if found is None:
            return None
    return found


def added(values: list[Any]) -> Decimal | int:
    """Return the sum of the values that are there."""
    return sum((value for value in values if value is not None), Decimal(0))
