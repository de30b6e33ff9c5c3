"""The series of numbers as an accountant reads them: those in use, and those that begin next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from billing.models import DocumentKind, NumberSeries
from clients.models import CREDIT_NOTE_PREFIX, LegalEntity


@dataclass(frozen=True)
class Series:
    """The numbers of one company, one kind of document and one year."""

    entity: LegalEntity
    document_kind: str
    year: int
    prefix: str
    last: int = 0
    last_issued_on: date | None = None

    @property
    def kind(self) -> str:
        """What the documents are called."""
        return str(DocumentKind(self.document_kind).label)

    @property
    def next_number(self) -> str:
        """The number that the next document gets."""
        return f"{self.prefix}-{self.year}-{self.last + 1:05d}"

    @property
    def is_used(self) -> bool:
        """Whether it gave a number, so that it goes on as it began."""
        return self.last > 0

    @property
    def pk(self) -> str:
        """What tells it from all others."""
        return f"{self.entity.pk}-{self.document_kind}-{self.year}"


def default_prefix(entity: LegalEntity, document_kind: str) -> str:
    """Return how numbers begin where nobody has said so for the year."""
    is_note = document_kind == DocumentKind.CREDIT_NOTE
    return CREDIT_NOTE_PREFIX if is_note else entity.invoice_prefix


def all_series(this_year: int) -> list[Series]:
    """Return every series in use, and those of this year and the next, the latest first."""
    rows = {
        (row.legal_entity_id, row.document_kind, row.year): row
        for row in NumberSeries.objects.all()
    }
    return list(_series(rows, this_year))


def _series(rows: dict[tuple[int, str, int], NumberSeries], this_year: int) -> Iterator[Series]:
    known = {year for _entity, _kind, year in rows} | {this_year, this_year + 1}
    for year in sorted(known, reverse=True):
        for entity in LegalEntity.objects.order_by("pk"):
            for kind in DocumentKind.values:
                row = rows.get((entity.pk, kind, year))
                if row is not None:
                    yield Series(entity, kind, year, row.prefix, row.last, row.last_issued_on)
                elif year >= this_year:
                    yield Series(entity, kind, year, default_prefix(entity, kind))
