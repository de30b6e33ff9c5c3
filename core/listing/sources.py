"""Where a list's rows come from: the database, or a sequence in memory."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import ForeignKey, Model, Q, QuerySet

from core.listing.columns import Column, Row, added, follow

COUNTED_AT_MOST = 10_000
MANY = 1_000
RELATED_AT_MOST = 1_000
ROWS_AT_A_TIME = 2_000
Totals = dict[str, list[tuple[str, Any]]]
M = TypeVar("M", bound=Model)


class Source(Protocol[Row]):
    """Rows that can be searched, ordered, counted, added up and cut into pages."""

    @abstractmethod
    def search(self, words: str, fields: Sequence[str]) -> None:
        """Keep the rows in which every word occurs."""

    @abstractmethod
    def order(self, column: Column[Row], *, descending: bool) -> None:
        """Sort by a column."""

    @abstractmethod
    def count(self) -> int:
        """Return how many rows there are, one more than the most that is counted."""

    @abstractmethod
    def slice(self, start: int, stop: int) -> list[Row]:
        """Return the rows of a page."""

    @abstractmethod
    def every(self) -> Iterator[Row]:
        """Return all rows, for an export."""

    @abstractmethod
    def totals(self, columns: Sequence[Column[Row]], currency: str) -> Totals:
        """Return per column key its totals, one for each currency."""


class QuerySource(Generic[M]):
    """Rows of the database."""

    def __init__(self, rows: QuerySet[M]) -> None:
        self.rows = rows
        self._counted = 0

    def search(self, words: str, fields: Sequence[str]) -> None:
        for word in words.split():
            self.rows = self.rows.filter(self._mentions(word, fields))

    def order(self, column: Column[M], *, descending: bool) -> None:
        paths = column.sort if isinstance(column.sort, tuple) else (str(column.sort),)
        self.rows = self.rows.order_by(
            *(_flip(path) if descending else path for path in (*paths, "pk"))
        )

    def count(self) -> int:
        """Keys alone are counted: a cut query would work out what is said of every row, too."""
        self._counted = self.rows.order_by().values_list("pk")[: COUNTED_AT_MOST + 1].count()
        return self._counted

    def slice(self, start: int, stop: int) -> list[M]:
        """Of a long list the keys are walked alone, and only the page's rows are read.

        An index holds what a list is mostly narrowed by, so that the walk looks at no row.
        """
        if max(start, self._counted) < MANY:
            return list(self.rows[start:stop])
        keys = list(self.rows.values_list("pk", flat=True)[start:stop])
        return list(self.rows.filter(pk__in=keys))

    def every(self) -> Iterator[M]:
        return self.rows.iterator(chunk_size=ROWS_AT_A_TIME)

    def totals(self, columns: Sequence[Column[M]], currency: str) -> Totals:
        rows = self.rows.order_by()
        sums = {f"total_of_{column.key}": column.total for column in columns}
        if currency:
            path = currency.replace(".", "__")
            found = list(rows.values(path).annotate(**sums).order_by(path))
            return {
                column.key: [(row[path], row[f"total_of_{column.key}"]) for row in found]
                for column in columns
            }
        only = rows.aggregate(**sums)
        return {column.key: [("", only[f"total_of_{column.key}"])] for column in columns}

    def _mentions(self, word: str, fields: Sequence[str]) -> Q:
        """Return the condition that one of the fields holds the word.

        What stands on another table is found there first: a condition over two tables at once could
        use the indexes of neither.
        """
        conditions, related = [], defaultdict[str, list[str]](list)
        for field in fields:
            relation, _, rest = field.partition("__")
            if rest and isinstance(self.rows.model._meta.get_field(relation), ForeignKey):
                related[relation].append(rest)
            else:
                conditions.append(Q(**{f"{field}__icontains": word}))
        conditions += [self._of_related(word, *one) for one in related.items()]
        return reduce(or_, conditions)

    def _of_related(self, word: str, relation: str, fields: Sequence[str]) -> Q:
        """Return the condition by the keys of the other table, or plainly where they are many."""
        other: Any = self.rows.model._meta.get_field(relation).related_model
        holds = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
        found = other._meta.default_manager.filter(holds).order_by()
        keys = list(found.values_list("pk", flat=True)[: RELATED_AT_MOST + 1])
        if len(keys) <= RELATED_AT_MOST:
            return Q(**{f"{relation}__in": keys})
        return reduce(or_, (Q(**{f"{relation}__{rest}__icontains": word}) for rest in fields))


class SequenceSource(Generic[Row]):
    """Rows in memory, such as what a calculation yields."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = list(rows)

    def search(self, words: str, fields: Sequence[str]) -> None:
        wanted = words.lower().split()
        self.rows = [row for row in self.rows if _mentions(row, wanted, fields)]

    def order(self, column: Column[Row], *, descending: bool) -> None:
        known = [row for row in self.rows if column.of(row) is not None]
        unknown = [row for row in self.rows if column.of(row) is None]
        self.rows = sorted(known, key=column.of, reverse=descending) + unknown

    def count(self) -> int:
        return len(self.rows)

    def slice(self, start: int, stop: int) -> list[Row]:
        return self.rows[start:stop]

    def every(self) -> Iterator[Row]:
        return iter(self.rows)

    def totals(self, columns: Sequence[Column[Row]], currency: str) -> Totals:
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(str(follow(row, currency)) if currency else "", []).append(row)
        return {
            column.key: [
                (code, added([column.of(row) for row in rows]))
                for code, rows in sorted(groups.items())
            ]
            for column in columns
        }


def source_of(rows: "QuerySet[Any] | Sequence[Any]") -> Source[Any]:
    """Return the source that suits the rows."""
    return QuerySource(rows) if isinstance(rows, QuerySet) else SequenceSource(rows)


def _flip(path: str) -> str:
    return path[1:] if path.startswith("-") else f"-{path}"


def _mentions(row: object, words: list[str], fields: Sequence[str]) -> bool:
    text = " ".join(str(follow(row, field) or "") for field in fields).lower()
    return all(word in text for word in words)
