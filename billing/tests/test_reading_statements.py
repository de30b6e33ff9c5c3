"""Bank statements in every form they come in, whole and damaged."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from billing.domain.camt import read_camt
from billing.domain.csv_statement import CsvMapping, read_csv
from billing.domain.ofx import read_ofx
from billing.domain.statement import StatementLine, UnreadableStatement

FILES = Path(__file__).parent / "statements"
MAY_4, MAY_5, MAY_6 = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)
SIGNED = CsvMapping(";", ",", "%d/%m/%Y", day="Date", amount="Montant", text="Libellé")
TWO = CsvMapping(",", ".", "%Y-%m-%d", day="day", credit="in", debit="out", reference="ref")


def read(name: str) -> bytes:
    return (FILES / name).read_bytes()


def known(lines: list[StatementLine]) -> list[StatementLine]:
    return [replace(line, fingerprint="") for line in lines]


def test_a_camt_of_version_02_is_read_with_its_parts_and_returns() -> None:
    statement = read_camt(read("camt_053_02.xml"))

    assert statement.iban == "FR7630006000011234567890189"
    assert known(statement.lines) == [
        StatementLine(
            MAY_4,
            Decimal("509.76"),
            "EUR",
            "ALPHA SAS",
            "DE89370400440532013000",
            "Votre facture F 2026 00001",
            "B-1",
        ),
        StatementLine(MAY_4, Decimal("100.00"), "EUR", "BRAVO", "", "RF18F202600002", "B-2/1"),
        StatementLine(MAY_4, Decimal("200.00"), "EUR", "CHARLIE", "", "loyer", "B-2/2"),
        StatementLine(
            MAY_4,
            Decimal("-42.50"),
            "EUR",
            "DELTA",
            "",
            "closed account",
            "B-3",
            "AC04",
            is_return=True,
        ),
    ]


def test_a_camt_of_version_08_is_read() -> None:
    statement = read_camt(read("camt_053_08.xml"))

    assert known(statement.lines) == [
        StatementLine(MAY_5, Decimal("19.90"), "EUR", "Écho SARL", "", "F-2026-00003", "B-9")
    ]


def test_ofx_is_read_as_sgml_and_as_xml() -> None:
    old, new = read_ofx(read("ofx_1.ofx")), read_ofx(read("ofx_2.ofx"))

    assert (old.iban, new.iban) == ("00001234567", "00001234567")
    assert known(old.lines + new.lines) == [
        StatementLine(MAY_4, Decimal("509.76"), "EUR", "ALPHA & FILS", "", "F-2026-00001", "OFX-1"),
        StatementLine(MAY_5, Decimal("-12.50"), "EUR", "FRAIS", "", "", "OFX-2"),
        StatementLine(MAY_6, Decimal("90.24"), "EUR", "Société Écho", "", "", "OFX-3"),
    ]


@pytest.mark.parametrize(
    ("written", "mapping", "amounts"),
    [
        (
            "Compte;123\n\nDate;Libellé;Montant\n04/05/2026;F-1;1 509,76\n05/05/2026;b;-1.000,5\n",
            SIGNED,
            ["1509.76", "-1000.50"],
        ),
        ("day,in,out,ref\n2026-05-04,\"1,509.76\",,a\n2026-05-05,,12,b\n2026-05-06,0,3,c\n", TWO,
         ["1509.76", "-12.00", "-3.00"]),
    ],
)  # fmt: skip
def test_csv_is_read_by_its_mapping(written: str, mapping: CsvMapping, amounts: list[str]) -> None:
    for charset in ("utf-8-sig", "cp1252"):
        lines = read_csv(written.encode(charset), mapping, "EUR").lines
        assert [line.amount for line in lines] == [Decimal(amount) for amount in amounts]
        assert lines[0].booked_on == MAY_4


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("+12,00 EUR", "12"),
        ("€ 12,5", "12.5"),
        ("\u22121\u202f234,56", "-1234.56"),
        ("(12,00)", "-12"),
        ("12,00-", "-12"),
        ("1'234,50", "1234.5"),
        ("1.234.567,89", "1234567.89"),
    ],
)
def test_csv_amounts_are_read_as_banks_write_them(written: str, amount: str) -> None:
    content = f"Date;Libellé;Montant\n04/05/2026;a;{written}\n".encode()

    assert read_csv(content, SIGNED, "EUR").lines[0].amount == Decimal(amount)


@pytest.mark.parametrize("written", ["1234.56", "12.34,00", "1,234,567.00", "-12,00-", "1e3", ","])
def test_cents_behind_the_other_sign_are_refused_and_never_a_hundred_times_as_much(
    written: str,
) -> None:
    content = f"Date;Libellé;Montant\n04/05/2026;a;{written}\n".encode()

    with pytest.raises(UnreadableStatement) as error:
        read_csv(content, SIGNED, "EUR")

    assert (error.value.fault, error.value.place) == ("amount", 2)


def test_csv_in_utf_16_is_read_and_what_no_database_holds_left_out() -> None:
    written = "Date;Libellé;Montant\n04/05/2026;a\0b;1,00\n"

    for charset in ("utf-16", "utf-8"):
        [line] = read_csv(written.encode(charset), SIGNED, "EUR").lines
        assert (line.text, line.amount) == ("ab", Decimal(1))


def test_ofx_names_its_currency_however_it_is_written() -> None:
    lines = read_ofx(read("ofx_1.ofx").replace(b"<CURDEF>EUR", b"<CURDEF>eur")).lines

    assert {line.currency for line in lines} == {"EUR"}


def test_a_line_keeps_its_fingerprint_and_alike_ones_are_told_apart() -> None:
    row = "04/05/2026;cash;10,00\n"
    once = read_csv(f"Date;Libellé;Montant\n{row}{row}".encode(), SIGNED, "EUR").lines
    again = read_csv(f"Date;Libellé;Montant\n{row}{row}{row}".encode(), SIGNED, "EUR").lines

    assert [line.fingerprint for line in once] == [line.fingerprint for line in again[:2]]
    assert len({line.fingerprint for line in again}) == 3


BOMB = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&b;</Document>"""


@pytest.mark.parametrize(
    ("content", "fault", "place"),
    [
        (b"<Document>\n<a>\n</b>", "xml", 3),
        (BOMB, "xml", None),
        (b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.008.001.08'/>", "not_camt", None),
        (read("camt_053_02.xml").replace(b">509.76<", b">509.765<"), "amount", 1),
        (read("camt_053_02.xml").replace(b">509.76<", b">NaN<"), "amount", 1),
        (read("camt_053_02.xml").replace(b">509.76<", b">-509.76<"), "amount", 1),
        (read("camt_053_02.xml").replace(b"2026-05-04</Dt></BookgDt>", b"x</Dt></BookgDt>"),
         "day", 1),
        (read("camt_053_08.xml").replace(b"CRDT", b"BOTH"), "direction", 1),
    ],
)  # fmt: skip
def test_a_bad_camt_says_what_and_where(content: bytes, fault: str, place: int | None) -> None:
    with pytest.raises(UnreadableStatement) as error:
        read_camt(content)

    assert (error.value.fault, error.value.place) == (fault, place)


@pytest.mark.parametrize(
    ("content", "fault", "place"),
    [
        (b"hello", "not_ofx", None),
        (read("ofx_1.ofx").replace(b"+509.76", b"much"), "amount", 15),
        (read("ofx_1.ofx").replace(b"20260505", b"20260532"), "day", 23),
        (read("ofx_1.ofx").split(b"</STMTTRN>")[0], "cut_off", 15),
    ],
)
def test_a_bad_ofx_says_what_and_where(content: bytes, fault: str, place: int | None) -> None:
    with pytest.raises(UnreadableStatement) as error:
        read_ofx(content)

    assert (error.value.fault, error.value.place) == (fault, place)


@pytest.mark.parametrize(
    ("written", "fault", "place", "found"),
    [
        ("Date;Libellé;Montant\n04/05/2026;a;1,00\n2026-05-04;a;1,00\n", "day", 3, "2026-05-04"),
        ("Date;Libellé;Montant\n04/05/2026;a;free\n", "amount", 2, "free"),
        ("Date;Libellé;Somme\n04/05/2026;a;1\n", "column", 1, "Montant"),
        ("a;b\n1;2\n", "column", 1, "Date"),
        ("", "column", 1, "Date"),
    ],
)
def test_a_bad_csv_says_what_and_where(written: str, fault: str, place: int, found: str) -> None:
    with pytest.raises(UnreadableStatement) as error:
        read_csv(written.encode(), SIGNED, "EUR")

    assert (error.value.fault, error.value.place, error.value.found) == (fault, place, found)
