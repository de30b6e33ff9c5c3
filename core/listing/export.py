"""A whole list as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from core.listing.cells import exported
from core.listing.columns import Column

BYTE_ORDER_MARK = "\ufeff"


def as_file(
    kind: str, name: str, columns: Sequence[Column[Any]], rows: Iterable[Any]
) -> HttpResponseBase:
    """Return all rows as ``csv`` or ``xlsx``."""
    kept = [column for column in columns if column.exported]
    if kind == "xlsx":
        return _spreadsheet(name, kept, rows)
    response = StreamingHttpResponse(_csv_lines(kept, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> Iterator[str]:
    # A French spreadsheet program expects semicolons and decimal commas.
    is_french = (get_language() or "").startswith("fr")
    writer = csv.writer(_Echo(), delimiter=";" if is_french else ",")
    yield BYTE_ORDER_MARK + writer.writerow([str(column.label) for column in columns])
    for row in rows:
        yield writer.writerow(
            [_csv_text(exported(column.of(row)), is_french=is_french) for column in columns]
        )


def _csv_text(value: object, *, is_french: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",") if is_french else f"{value:f}"
    return str(value)


def _spreadsheet(name: str, columns: Sequence[Column[Any]], rows: Iterable[Any]) -> FileResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    heads = []
    for column in columns:
        head = WriteOnlyCell(sheet, value=str(column.label))
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    for row in rows:
        sheet.append([exported(column.of(row)) for column in columns])
    content = BytesIO()
    book.save(content)
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=f"{name}.xlsx")
