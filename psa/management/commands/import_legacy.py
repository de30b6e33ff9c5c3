"""``manage.py import_legacy FOLDER``: take over the export of an old system."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from psa.legacy.formats import read_export
from psa.legacy.report import REFUSED
from psa.legacy.sheets import Sheet
from psa.operations.import_legacy import import_legacy
from psa.progress import Progress


class Command(BaseCommand):
    """Import the ten files of a folder; bad rows are refused one by one and stop nothing else."""

    help = (
        "Imports an old system's export (samples/legacy/README.md describes the format). "
        "Bad rows are refused with file, line and reason; importing again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder and how to report."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only report")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as CSV")
        parser.add_argument("--json", action="store_true", help="print the report as one object")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Read, import, report; a file that could not be read makes the command fail."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        sheets = read_export(folder)
        with Progress(sys.stderr, _rows_in(sheets)) as progress:
            report = import_legacy(
                sheets=sheets, dry_run=options["dry_run"], on_progress=progress.advance
            )
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
        else:
            report.write_text(self.stdout)  # type: ignore[arg-type]  # it writes as a file does
        if options["report"]:
            with options["report"].open("w", encoding="utf-8-sig", newline="") as out:
                report.write_csv(out)
        if not report.is_complete:
            files = ", ".join(count.file for count in report.files if count.problem)
            raise CommandError(f"{REFUSED}: {files}", returncode=1)


def _rows_in(sheets: dict[str, Sheet]) -> int:
    return sum(len(sheet.records) for sheet in sheets.values())
