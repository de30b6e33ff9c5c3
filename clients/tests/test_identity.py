"""Numbers of companies: which are taken, in which form, and what is said about the others."""

import pytest
from django.core.exceptions import ValidationError

from clients.identity import check_same_company, clean_registration_number, clean_vat_number


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("fr 66 999 000 011", "FR", "FR66999000011"),
        ("DE 136.695.976", "DE", "DE136695976"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("EL 094259216", "GR", "EL094259216"),
        ("12-3456789", "US", "123456789"),
        ("  ", "FR", ""),
    ],
)
def test_valid_vat_numbers_are_kept_without_spaces(typed: str, country: str, kept: str) -> None:
    assert clean_vat_number(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country", "sentence"),
    [
        ("FR66999000012", "FR", "do not add up: a digit is probably mistyped. Example: FR123"),
        ("FR6699900001", "FR", "has the wrong number of digits"),
        ("DE136695976", "FR", "begins with FR; this one with DE"),
        ("66999000011", "FR", "begins with FR; this one with 66"),
        ("DE136695977", "DE", "do not add up"),
        ("CHE107787578TVA", "CH", "do not add up"),
    ],
)
def test_wrong_vat_numbers_are_refused_with_the_reason(
    typed: str, country: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_vat_number(typed, country)

    assert sentence in refusal.value.messages[0]


def test_in_france_a_registration_number_is_a_siren_or_a_siret() -> None:
    assert clean_registration_number("951 633 494", "FR") == "951633494"
    assert clean_registration_number("732 829 320 00074", "FR") == "73282932000074"
    assert clean_registration_number("HRB 1234 B", "DE") == "HRB 1234 B"
    for wrong in ("951633495", "9516334", "73282932000075"):
        with pytest.raises(ValidationError, match="9 digits, a SIRET 14"):
            clean_registration_number(wrong, "FR")


def test_a_vat_number_made_from_another_siren_is_refused() -> None:
    check_same_company("FR83951633494", "951633494", "FR")
    check_same_company("FR83951633494", "95163349400012", "FR")

    with pytest.raises(ValidationError, match="belongs to the SIREN 951633494, not to 999000011"):
        check_same_company("FR83951633494", "999000011", "FR")
