"""The file for the bank: valid against the schema, its counts and sums those of the orders."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import sepaxml
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from xmlschema import XMLSchema

from core.secret_box import unseal
from payments.domain.pain import NAMESPACE, Creditor, Envelope, Order, debit_file
from payments.domain.sequence import sequence_of
from payments.tests import cast

SCHEMA = XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / "pain.008.001.08.xsd"))
IN = {"p": NAMESPACE}
ENVELOPE = Envelope(
    "DD1-2026-00001", "CORE", date(2026, 4, 30), datetime(2026, 4, 20, 8, tzinfo=UTC)
)
CREDITOR = Creditor(
    "Dépann'Info & Fils", "FR1420041010050500013M02606", "PSSTFRPPPAR", "FR72ZZZ123456"
)


def order(place: int, amount: Decimal, sequence: str = "RCUR", **said: object) -> Order:
    values = {
        "end_to_end_id": f"DD1-2026-00001-{place:05d}",
        "debtor": "Menuiserie Müller <SARL>",
        "iban": "FR7630006000011234567890189",
        "bic": "",
        "mandate": "C0001-M1",
        "signed_on": date(2026, 1, 15),
        "sequence": sequence,
        "amount": amount,
        "text": "F-2026-00001",
        **said,
    }
    return Order(**values)  # type: ignore[arg-type]  # named above


def said(root: Element, path: str) -> list[str]:
    steps = "/".join(f"p:{step}" for step in path.split("/"))
    return [one.text or "" for one in root.findall(f"p:CstmrDrctDbtInitn/{steps}", IN)]


def test_a_file_is_valid_and_says_what_was_ordered() -> None:
    orders = [
        order(1, Decimal("509.76"), "FRST"),
        order(2, Decimal("0.01"), bic="AGRIFRPPXXX"),
        order(3, Decimal("1234.50"), signed_on=date(2025, 6, 30)),
    ]

    written = debit_file(ENVELOPE, CREDITOR, orders)

    SCHEMA.validate(written.decode())
    root = fromstring(written)
    assert said(root, "GrpHdr/MsgId") == ["DD1-2026-00001"]
    assert said(root, "GrpHdr/NbOfTxs") == ["3"]
    assert said(root, "GrpHdr/CtrlSum") == ["1744.27"]
    assert said(root, "PmtInf/PmtInfId") == ["DD1-2026-00001-FRST", "DD1-2026-00001-RCUR"]
    assert said(root, "PmtInf/NbOfTxs") == ["1", "2"]
    assert said(root, "PmtInf/CtrlSum") == ["509.76", "1234.51"]
    assert said(root, "PmtInf/PmtTpInf/LclInstrm/Cd") == ["CORE", "CORE"]
    assert set(said(root, "PmtInf/ReqdColltnDt")) == {"2026-04-30"}
    assert said(root, "PmtInf/DrctDbtTxInf/PmtId/EndToEndId") == [
        "DD1-2026-00001-00001", "DD1-2026-00001-00002", "DD1-2026-00001-00003",
    ]  # fmt: skip
    assert "Muller" in said(root, "PmtInf/DrctDbtTxInf/Dbtr/Nm")[0]


AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)


@given(
    st.lists(
        st.tuples(AMOUNTS, st.sampled_from(["FRST", "RCUR", "OOFF", "FNAL"])),
        min_size=1,
        max_size=12,
    )
)
def test_counts_and_sums_are_equal_for_any_orders(drawn: list[tuple[Decimal, str]]) -> None:
    orders = [order(n, amount, sequence) for n, (amount, sequence) in enumerate(drawn, 1)]

    root = fromstring(debit_file(ENVELOPE, CREDITOR, orders))

    cents = sum(int(amount * 100) for amount, _ in drawn)
    assert Decimal(said(root, "GrpHdr/CtrlSum")[0]) * 100 == cents
    assert sum(Decimal(one) * 100 for one in said(root, "PmtInf/CtrlSum")) == cents
    assert int(said(root, "GrpHdr/NbOfTxs")[0]) == len(drawn)
    assert sum(int(one) for one in said(root, "PmtInf/NbOfTxs")) == len(drawn)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["CORE", "B2B"])
def test_the_file_of_a_batch_is_valid_and_kept_sealed(scheme: str) -> None:
    first = cast.owed()
    cast.mandate(first.client, scheme=scheme)
    second = cast.owed(first.client)

    batch = cast.collect(second, on=date(2026, 5, 4), scheme=scheme)

    assert cast.DEBTOR_IBAN not in batch.file_sealed
    written = unseal(batch.file_sealed)
    SCHEMA.validate(written)
    root = fromstring(written.encode())
    assert said(root, "PmtInf/PmtTpInf/LclInstrm/Cd") == [scheme]
    assert said(root, "PmtInf/DrctDbtTxInf/DbtrAcct/Id/IBAN") == [cast.DEBTOR_IBAN]
    assert said(root, "GrpHdr/CtrlSum") == [str(batch.total)]


@pytest.mark.parametrize(
    ("is_one_off", "was_collected", "is_last", "called"),
    [
        (False, False, False, "FRST"),
        (False, True, False, "RCUR"),
        (False, True, True, "FNAL"),
        (False, False, True, "OOFF"),
        (True, False, False, "OOFF"),
    ],
)
def test_a_collection_is_called_by_its_place_in_the_mandate(
    is_one_off: bool,  # noqa: FBT001  (a case of the table)
    was_collected: bool,  # noqa: FBT001  (as above)
    is_last: bool,  # noqa: FBT001  (as above)
    called: str,
) -> None:
    found = sequence_of(is_one_off=is_one_off, was_collected=was_collected, is_last=is_last)

    assert found == called
