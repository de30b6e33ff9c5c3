"""Reading spreadsheets as people have them."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from clients.importing import sheet
from clients.importing.fields import CLIENT_FIELDS, CONTACT_FIELDS, guess_columns
from clients.importing.sheet import SheetUnreadable, guess_separator, read_sheet


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    content = "code;raison sociale\nC001;Café Noël\n".encode(encoding)

    read = read_sheet(content, "clients.csv")

    assert (read.head, read.rows) == (["code", "raison sociale"], [(2, ["C001", "Café Noël"])])


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_separator_is_guessed(sign: str) -> None:
    assert guess_separator(sign.join(["a", "b", "c d"])) == sign


def test_lines_keep_their_numbers_and_short_rows_are_filled_up() -> None:
    content = b'\xef\xbb\xbfa;b;c\n\n1;2\n"x\ny";5;6;7\n'

    read = read_sheet(content, "x.csv")

    assert read.head == ["a", "b", "c", ""]
    assert read.rows == [(3, ["1", "2", "", ""]), (5, ["x\ny", "5", "6", "7"])]


def test_a_workbook_is_read_with_its_dates_and_whole_numbers() -> None:
    content = workbook(["code", "cp", "depuis"], ["C1", 33000.0, datetime(2024, 1, 31)])  # noqa: DTZ001  (a sheet has no zones)

    read = read_sheet(content, "clients.xlsx")

    assert read.rows == [(2, ["C1", "33000", "2024-01-31"])]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "needs a first line"),
        (b"code;name\n", "a.csv", "needs a first line"),
        (b"PK\x03\x04broken", "a.xlsx", "not a workbook"),
        (b"no zip at all", "a.xlsx", "not a workbook"),
        (b"a;b\n\x00\x01;2\n", "a.csv", "not a text file"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "larger than 5 MB"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(SheetUnreadable, match=sentence):
        read_sheet(content, name)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 2)

    with pytest.raises(SheetUnreadable, match="more than 2 rows"):
        read_sheet(b"a;b\n1;2\n3;4\n5;6\n", "a.csv")


def test_columns_are_guessed_in_french_and_in_english() -> None:
    french = ["Code", "Raison sociale", "N° TVA", "Code postal", "Délai paiement (jours)", "Divers"]
    english = ["Company", "First name", "Surname", "E-mail", "Phone number"]

    assert guess_columns(french, CLIENT_FIELDS) == {
        "code": 0, "name": 1, "vat_number": 2, "postcode": 3, "payment_days": 4,
    }  # fmt: skip
    assert guess_columns(english, CONTACT_FIELDS) == {
        "client": 0, "first_name": 1, "last_name": 2, "email": 3, "phone": 4,
    }  # fmt: skip
