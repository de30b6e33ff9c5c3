"""``manage.py import_legacy`` as a person and a script see it."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client
from psa.progress import Progress
from psa.tests.legacy_support import write_export

pytestmark = pytest.mark.django_db


def test_the_report_is_for_people_and_as_csv(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "x", forfaits="POSTE;Poste;\n")
    out = StringIO()

    call_command("import_legacy", folder, report=tmp_path / "r.csv", stdout=out)

    assert "forfaits.csv                2          1          0          0          1" in (
        out.getvalue()
    )
    assert "forfaits.csv:3: POSTE: prix is empty" in out.getvalue()
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as report:
        rows = list(csv.reader(report, delimiter=";"))
    assert rows == [
        ["file", "line", "key", "outcome", "reason"],
        ["forfaits.csv", "3", "POSTE", "refused", "prix is empty"],
    ]


def test_a_script_gets_one_object(tmp_path: Path) -> None:
    out = StringIO()

    call_command("import_legacy", write_export(tmp_path / "x"), "--json", "--dry-run", stdout=out)

    report = json.loads(out.getvalue())
    assert (report["dry_run"], report["ok"], report["refused"]) == (True, True, [])
    assert report["files"][1]["new"] == 2
    assert Client.objects.count() == 0


def test_a_file_that_cannot_be_read_makes_the_command_fail_after_the_rest(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "x")
    (folder / "taux.csv").write_text("type;prix\n", encoding="utf-8")
    out = StringIO()

    with pytest.raises(CommandError, match=r"refused: taux\.csv"):
        call_command("import_legacy", folder, stdout=out)

    missing = (
        "taux.csv was not read: missing columns: libelle, minimum_min, pas_min, taux_horaire, type"
    )
    assert missing.removesuffix(", type") in out.getvalue()
    assert Client.objects.count() == 2


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("import_legacy", tmp_path / "nowhere")


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_and_a_log_gets_lines() -> None:
    terminal, log = Terminal(), StringIO()

    for stream in (terminal, log):
        with Progress(stream, 4) as progress:
            progress.advance("clients.csv", 2)
            progress.advance("temps.csv", 2)

    assert " 50% clients.csv" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert log.getvalue() == "clients.csv\ntemps.csv\n"
