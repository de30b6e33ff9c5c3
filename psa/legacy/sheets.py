"""The files of an export as records: text decoded, columns named, lines counted as editors do."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITER = ";"


@dataclass(frozen=True, slots=True)
class Record:
    """One row as written: the line it starts on, its cells by column, or why it is unreadable."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(slots=True)
class Sheet:
    """One file: its records, or the reason why the whole file is refused."""

    name: str
    encoding: str = ""
    records: list[Record] = field(default_factory=list)
    problem: str = ""


def read_sheet(folder: Path, name: str, columns: frozenset[str]) -> Sheet:
    """Read the file of this name; a file that is missing or lacks a column is refused whole."""
    sheet = Sheet(name)
    path = _find(folder, name)
    if path is None:
        sheet.problem = "the file is missing"
        return sheet
    content = path.read_bytes()
    if content.startswith(UTF_16_MARKS):
        sheet.problem = "the file is in UTF-16; save it as UTF-8 or Windows-1252"
        return sheet
    text, sheet.encoding = decode(content)
    _fill(sheet, text, columns)
    return sheet


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: UTF-8 where that fits, else Windows-1252.

    A file that is UTF-8 but for some lines is read line by line, so that one stray byte does not
    garble every name in it.
    """
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        lines = (_decode_line(line) for line in content.splitlines(keepends=True))
        return "".join(lines), "Windows-1252"


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _find(folder: Path, name: str) -> Path | None:
    exact = folder / name
    if exact.is_file():
        return exact
    return next((path for path in sorted(folder.iterdir()) if path.name.lower() == name), None)


def _fill(sheet: Sheet, text: str, columns: frozenset[str]) -> None:
    lines = list(StringIO(text, newline=""))
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        sheet.problem = "the file is empty"
        return
    heads = [name.strip().lower() for name in next(csv.reader([lines[first]], delimiter=DELIMITER))]
    sheet.problem = _wrong_header(heads, columns)
    if not sheet.problem:
        sheet.records = list(_records(lines, first + 1, heads))


def _wrong_header(heads: list[str], columns: frozenset[str]) -> str:
    missing = sorted(columns - set(heads))
    if missing:
        return f"missing columns: {', '.join(missing)}"
    twice = sorted({name for name in heads if name in columns and heads.count(name) > 1})
    return f"columns named twice: {', '.join(twice)}" if twice else ""


def _records(lines: list[str], start: int, heads: list[str]) -> Iterator[Record]:
    index = start
    while index < len(lines):
        cells, taken, problem = _next_cells(lines, index, len(heads))
        line = index + 1
        index += taken
        if problem:
            yield Record(line, problem=problem)
        elif any(cell.strip() for cell in cells):
            yield _record(line, cells, heads)


def _record(line: int, cells: list[str], heads: list[str]) -> Record:
    while len(cells) > len(heads) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(heads):
        return Record(line, problem=f"{len(cells)} cells where the header names {len(heads)}")
    if any("\x00" in cell for cell in cells):
        return Record(line, problem="the row holds a null character")
    return Record(line, dict(zip(heads, cells, strict=True)))


def _next_cells(lines: list[str], index: int, width: int) -> tuple[list[str], int, str]:
    """Return the cells of the record at ``index``, the lines it takes, and what is wrong with it.

    A quote that is never closed would swallow the rows below it. So a record over several lines is
    believed only where none of the further lines looks like a row of its own.
    """
    reader = csv.reader(_lines_from(lines, index), delimiter=DELIMITER, strict=True)
    try:
        cells = next(reader)
        taken = reader.line_num
    except csv.Error:
        cells, taken = [], 0
    if taken == 1:
        return cells, 1, ""
    if taken and not _swallows_rows(lines[index : index + taken], width):
        return cells, taken, ""
    alone = _read_alone(lines[index])
    if taken == 0 and alone is not None and len(alone) == width:
        return alone, 1, ""
    return [], 1, "a quote is opened and never closed"


def _lines_from(lines: list[str], index: int) -> Iterator[str]:
    for number in range(index, len(lines)):
        yield lines[number]


def _swallows_rows(lines: list[str], width: int) -> bool:
    first_is_whole = lines[0].count(DELIMITER) >= width - 1
    return any(
        line.count(DELIMITER) >= width - 1 and (first_is_whole or line.count('"') % 2 == 0)
        for line in lines[1:]
    )


def _read_alone(line: str) -> list[str] | None:
    """Return the cells of a line with clumsy quotes, None where a quote stays open at its end."""
    try:
        return next(csv.reader([line], delimiter=DELIMITER, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
        return next(csv.reader([line], delimiter=DELIMITER))
