"""What an import did, row by row where it matters, as text, CSV and JSON."""

import csv
from dataclasses import dataclass, field
from typing import TextIO

REFUSED, NOTE, CHANGED = "refused", "note", "changed"


@dataclass(frozen=True, slots=True)
class Remark:
    """A row that was refused or changed, or that people should know something about."""

    file: str
    line: int
    key: str
    outcome: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key or '(no key)'}: {self.text}"


@dataclass(slots=True)
class FileCount:
    """How many rows of a file came in, and in which way."""

    file: str
    encoding: str = ""
    problem: str = ""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(slots=True)
class Report:
    """The outcome of one import."""

    dry_run: bool
    files: list[FileCount] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether every file could be read."""
        return not any(count.problem for count in self.files)

    def of(self, outcome: str) -> list[Remark]:
        """Return the remarks of one sort, in the order of the files."""
        return [remark for remark in self.remarks if remark.outcome == outcome]

    def as_data(self) -> dict[str, object]:
        """Return the whole report for a program."""
        return {
            "dry_run": self.dry_run,
            "ok": self.is_complete,
            "files": [_as_dict(count) for count in self.files],
            "refused": [_as_dict(remark) for remark in self.of(REFUSED)],
            "changed": [_as_dict(remark) for remark in self.of(CHANGED)],
            "notes": [_as_dict(remark) for remark in self.of(NOTE)],
        }

    def write_text(self, out: TextIO) -> None:
        """Write the report for people."""
        columns = ("rows", "new", "changed", "unchanged", "refused")
        out.write(f"{'file':<18}" + "".join(f"{name:>11}" for name in columns) + "\n")
        for count in self.files:
            figures = "".join(f"{getattr(count, name):>11}" for name in columns)
            out.write(f"{count.file:<18}{figures}\n")
        for count in self.files:
            if count.problem:
                out.write(f"\n{count.file} was not read: {count.problem}.\n")
        for title, outcome in (("Refused", REFUSED), ("Changed", CHANGED), ("Notes", NOTE)):
            self._write_remarks(out, title, outcome)
        if self.dry_run:
            out.write("\nThis was a dry run: nothing has been written.\n")

    def write_csv(self, out: TextIO) -> None:
        """Write every remark as a row that a spreadsheet opens."""
        writer = csv.writer(out, delimiter=";")
        writer.writerow(["file", "line", "key", "outcome", "reason"])
        for count in self.files:
            if count.problem:
                writer.writerow([count.file, "", "", REFUSED, count.problem])
        for remark in self.remarks:
            writer.writerow([remark.file, remark.line, remark.key, remark.outcome, remark.text])

    def _write_remarks(self, out: TextIO, title: str, outcome: str) -> None:
        remarks = self.of(outcome)
        if remarks:
            out.write(f"\n{title} ({len(remarks)}):\n")
            out.writelines(f"  {remark}\n" for remark in remarks)


def _as_dict(row: FileCount | Remark) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__slots__}
