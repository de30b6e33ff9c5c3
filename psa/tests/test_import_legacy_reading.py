"""The files of an export, read as they come."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from psa.legacy import values
from psa.legacy.sheets import Sheet, read_sheet

PARIS = ZoneInfo("Europe/Paris")


def sheet_of(folder: Path, content: bytes | str, columns: str = "code nom prix") -> Sheet:
    raw = content.encode() if isinstance(content, str) else content
    (folder / "x.csv").write_bytes(raw)
    return read_sheet(folder, "x.csv", frozenset(columns.split()))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("\ufeffcode;nom;prix\r\n1;Żeleński;2\r\n".encode(), "UTF-8"),
        ("code;nom;prix\n1;Żeleński;2\n".encode(), "UTF-8"),
        ("code;nom;prix\n1;Čelik;2\n".replace("Č", "Ç").encode("cp1252"), "Windows-1252"),
    ],
)
def test_each_file_says_its_own_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    sheet = sheet_of(tmp_path, content)

    assert sheet.encoding == encoding
    assert sheet.records[0].cells["nom"] in {"Żeleński", "Çelik"}


def test_one_stray_byte_does_not_garble_the_other_lines(tmp_path: Path) -> None:
    content = "code;nom;prix\n1;Żeleński;2\n".encode() + b"2;\xc7elik;3\n"

    names = [record.cells["nom"] for record in sheet_of(tmp_path, content).records]

    assert names == ["Żeleński", "Çelik"]


def test_columns_may_come_in_any_order_and_unknown_ones_are_ignored(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Prix;vieux;CODE;nom\n2;?;1;A\n")

    assert sheet.problem == ""
    assert sheet.records[0].cells["prix"] == "2"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("code;nom\n1;A\n", "missing columns: prix"),
        ("code,nom,prix\n1,A,2\n", "missing columns: code, nom, prix"),
        ("code;nom;prix;code\n1;A;2;3\n", "columns named twice: code"),
        ("", "the file is empty"),
        (
            "code;nom;prix".encode("utf-16"),
            "the file is in UTF-16; save it as UTF-8 or Windows-1252",
        ),
    ],
)
def test_a_file_without_its_columns_is_refused_whole(
    tmp_path: Path, content: bytes | str, problem: str
) -> None:
    assert sheet_of(tmp_path, content).problem == problem


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, "x.csv", frozenset()).problem == "the file is missing"


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    text = 'code;nom;prix\n\n1;"two\nlines";2\n;;\n3;C;4\n'

    records = sheet_of(tmp_path, text).records

    assert [(record.line, record.cells["nom"]) for record in records] == [
        (3, "two\nlines"),
        (6, "C"),
    ]


@pytest.mark.parametrize("bad", ['2;"B;2', '2;B;"2'])
def test_a_quote_that_is_never_closed_swallows_no_other_row(tmp_path: Path, bad: str) -> None:
    text = f"code;nom;prix\n1;A;1\n{bad}\n3;C;3\n" + '4;D;"4"\n5;E;"5\n6;F;6\n'

    records = sheet_of(tmp_path, text).records

    assert [record.line for record in records if record.problem] == [3, 6]
    assert [record.cells["nom"] for record in records if not record.problem] == list("ACDF")


def test_quotes_inside_a_cell_are_read_as_they_stand(tmp_path: Path) -> None:
    text = 'code;nom;prix\n1;"Écran 27""";1\n2;Écran 27";2\n3;"Écran" plat;3\n'

    names = [record.cells["nom"] for record in sheet_of(tmp_path, text).records]

    assert names == ['Écran 27"', 'Écran 27"', "Écran plat"]


def test_a_row_of_another_width_is_refused(tmp_path: Path) -> None:
    records = sheet_of(tmp_path, "code;nom;prix\n1;A;1;\n2;B;2;9\n3;C\n").records

    assert [record.problem for record in records] == [
        "",
        "4 cells where the header names 3",
        "2 cells where the header names 3",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,50", "1234.50"),
        ("1\u00a0234\u00a0567,5", "1234567.5"),
        ("1\u202f890,00", "1890.00"),
        ("0,0350", "0.0350"),
        ("112,3333", "112.3333"),
        ("-1", "-1"),
        ("12.5", "12.5"),
        ("0,10000", "0.10000"),
    ],
)
def test_numbers_are_read_as_french_systems_write_them(text: str, number: str) -> None:
    assert values.read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["douze", "1.234", "1.234,50", "12 34,5", "1,23456", "1e3", "NaN", "12 €", ",5", "--1"]
)
def test_what_is_no_number_for_sure_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_number(text)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "29/02/2026", "2026-03-01", "01/13/2026", "1/3/26", "00/01/2026", "x"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_clock(text)


def test_a_day_may_be_written_short() -> None:
    assert values.read_clock("1/3/2026 9:05") == (date(2026, 3, 1), time(9, 5))


@pytest.mark.parametrize(
    ("day", "at", "instant", "was_skipped"),
    [
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 0, 30, tzinfo=UTC), False),
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC), True),
        (date(2026, 3, 29), time(4, 0), datetime(2026, 3, 29, 2, 0, tzinfo=UTC), False),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), False),
        (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC), False),
    ],
)
def test_local_times_become_instants_when_the_clock_changes(
    day: date, at: time, instant: datetime, *, was_skipped: bool
) -> None:
    assert values.at_local(day, at, PARIS) == (instant, was_skipped)


def test_countries_and_currencies_are_those_of_iso() -> None:
    assert {"FR", "BE", "CH", "DE", "GB", "US", "GP", "RE", "MC", "HR", "GR"} <= values.COUNTRIES
    assert not values.COUNTRIES & {"UK", "EU", "EL", "SU", "YU", "ZZ"}
    assert {"EUR", "CHF", "USD", "GBP", "JPY", "TND"} <= values.CURRENCIES
    assert not values.CURRENCIES & {"EURO", "FRF", "XXX"}
