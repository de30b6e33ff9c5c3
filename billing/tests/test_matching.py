"""What lines of a bank statement are proposed to pay, and why."""

from decimal import Decimal

import pytest

from billing.domain.matching import Known, OpenInvoice, Received, named_in, proposals

ALPHA, BRAVO = 1, 2
FIRST = OpenInvoice(11, ALPHA, "F-2026-00001", Decimal("509.76"), "EUR")
SECOND = OpenInvoice(12, ALPHA, "F-2026-00002", Decimal("90.24"), "EUR")
THIRD = OpenInvoice(13, BRAVO, "F-2026-00003", Decimal("90.24"), "EUR")
KNOWN = Known(
    (FIRST, SECOND, THIRD),
    by_iban={"DE89370400440532013000": frozenset({ALPHA})},
    by_name={"ALPHASAS": frozenset({ALPHA})},
)
IBAN = "DE89 3704 0044 0532 0130 00"


def best(
    amount: str, text: str = "", name: str = "", iban: str = "", currency: str = "EUR"
) -> tuple[object, ...] | None:
    found = proposals(Received(Decimal(amount), currency, name, iban, text), KNOWN)
    if not found:
        return None
    first = found[0]
    shares = tuple((key, str(share)) for key, share in first.shares)
    return first.client_id, shares, first.reason.value, first.confidence.value


BOTH = ((11, "509.76"), (12, "90.24"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("509.76", "Facture F-2026-00001"), (ALPHA, BOTH[:1], "number", "certain")),
        (("509.76", "vir f202600001 merci"), (ALPHA, BOTH[:1], "number", "certain")),
        (("509.76", "RF18F202600001"), (ALPHA, BOTH[:1], "number", "certain")),
        (("600.00", "F-2026-00001 + F-2026-00002"), (ALPHA, BOTH, "number", "certain")),
        (("500.00", "F/2026/00001"), (ALPHA, ((11, "500.00"),), "number_part", "likely")),
        (("700.00", "F-2026-00001"), (ALPHA, BOTH[:1], "number_more", "likely")),
        (("509.76", "", "", IBAN), (ALPHA, BOTH[:1], "payer_amount", "certain")),
        (("600.00", "", "", IBAN), (ALPHA, BOTH, "payer_all", "certain")),
        (("520.00", "", "", IBAN), (ALPHA, ((11, "509.76"), (12, "10.24")), "payer", "likely")),
        (("509.76", "", "Alpha S.A.S."), (ALPHA, BOTH[:1], "name_amount", "likely")),
        (("20.00", "", "ALPHA SAS"), (ALPHA, ((11, "20.00"),), "payer", "possible")),
        (("90.24",), (ALPHA, BOTH[1:], "amount", "possible")),
        (("509.76", "F-2026-00001", "", "", "CHF"), None),
        (("1.00", "rent"), None),
    ],
)
def test_what_is_proposed_first_and_why(
    line: tuple[str, ...], expected: tuple[object, ...] | None
) -> None:
    assert best(*line) == expected


def test_invoices_of_two_clients_in_one_text_are_never_certain() -> None:
    line = Received(Decimal("509.76"), "EUR", "", "", "F-2026-00001 F-2026-00003")

    assert {one.confidence.value for one in proposals(line, KNOWN)} <= {"likely", "possible"}


@pytest.mark.parametrize("text", ["F-2026-000011", "F-2026-0000", "2026-00001", ""])
def test_another_number_is_not_taken_for_one_of_ours(text: str) -> None:
    assert named_in(text, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("facture 1001", True), ("21001", False), ("10012", False), ("n°1001.", True)],
)
def test_a_number_of_digits_alone_is_no_part_of_a_longer_one(text: str, is_found: bool) -> None:  # noqa: FBT001  (a case of the table)
    old = OpenInvoice(14, BRAVO, "1001", Decimal("5.00"), "EUR")

    assert named_in(text, Known((old,), {}, {})) == ([old] if is_found else [])


def test_an_amount_that_two_invoices_ask_for_is_proposed_for_both() -> None:
    found = proposals(Received(Decimal("90.24"), "EUR", "", "", ""), KNOWN)

    assert [one.client_id for one in found] == [ALPHA, BRAVO]
