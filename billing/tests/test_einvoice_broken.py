"""Rules by name: each is broken on purpose in a document that keeps them all, and is found.

The packages that bring the official rules along bring no samples of them; these are our own. Each
breaks as little as the rule needs; what else it breaks along with it is not asked.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from billing.einvoice.cii import cii_of
from billing.einvoice.document import Account, EDocument, Note, Tax
from billing.einvoice.rules import Judge
from billing.einvoice.ubl import ubl_of
from billing.tests.electronic import recurring, reverse_charge

pytestmark = pytest.mark.django_db
Break = Callable[[EDocument], EDocument]
CENT = Decimal("0.01")


def with_(**changes: Any) -> Break:
    return lambda document: replace(document, **changes)


def with_first_line(**changes: Any) -> Break:
    def break_it(document: EDocument) -> EDocument:
        first, *others = document.items
        return replace(document, items=(replace(first, **changes), *others))

    return break_it


def with_side(side: str, **changes: Any) -> Break:
    return lambda document: replace(document, **{side: replace(getattr(document, side), **changes)})


def with_tax(**changes: Any) -> Break:
    def break_it(document: EDocument) -> EDocument:
        [tax] = document.taxes
        return replace(document, taxes=(replace(tax, **changes),))

    return break_it


def tax_off_by_two(document: EDocument) -> EDocument:
    """The tax, and the totals with it: only its product with the rate is wrong."""
    [tax] = document.taxes
    wrong: Tax = replace(tax, tax=tax.tax + 2)
    return replace(document, taxes=(wrong,), tax=document.tax + 2, total=document.total + 2)


def at_rate_19(document: EDocument) -> EDocument:
    """A rate that France does not have: 298.80 at 19 % is 56.77."""
    [item], [tax] = document.items, document.taxes
    rate, charged = Decimal(19), Decimal("56.77")
    return replace(
        document,
        items=(replace(item, rate=rate),),
        taxes=(replace(tax, rate=rate, tax=charged),),
        tax=charged,
        total=document.net + charged,
    )


def due_before_issue(document: EDocument) -> EDocument:
    return replace(document, due_on=document.issued_on - timedelta(days=1))


def period_that_ends_before_it_starts(document: EDocument) -> EDocument:
    [item] = document.items
    return replace(document, items=(replace(item, last_day_on=item.starts_on - timedelta(days=1)),))


def penalties_twice(document: EDocument) -> EDocument:
    return replace(document, notes=(*document.notes, Note("PMD", "Again")))


# By the rule's business terms; where the French set names a rule otherwise in UBL, both are given.
BROKEN: dict[str, tuple[Break, str, str]] = {
    "a number is missing": (with_(number=""), "BR-02", "BR-02"),
    "the seller has no name": (with_side("seller", name=""), "BR-06", "BR-06"),
    "a line is not in the net": (
        with_first_line(net=Decimal("298.81")),
        "BR-CO-13",
        "BR-CO-13",
    ),
    "the net total is wrong": (with_(net=Decimal("298.81")), "BR-CO-13", "BR-CO-13"),
    "the tax total is wrong": (with_(tax=Decimal("59.77")), "BR-CO-14", "BR-CO-14"),
    "tax is not base by rate": (tax_off_by_two, "BR-CO-17", "BR-CO-17"),
    "the base of a rate is wrong": (with_tax(base=Decimal("300.80")), "BR-S-08", "BR-S-08"),
    "a price is below nothing": (with_first_line(price=Decimal("-24.90")), "BR-27", "BR-27"),
    "a period ends before it starts": (period_that_ends_before_it_starts, "BR-30", "BR-30"),
    "the account is missing": (
        with_(account=Account("", "", "Dépann'Info Services")),
        "BR-50|BR-61",
        "BR-50|BR-61",
    ),
    "France has no such rate": (at_rate_19, "BR-FR-16", "BR-FR-16"),
    "it is due before it is issued": (due_before_issue, "BR-FR-CO-07", "BR-FR-CO-07"),
    "penalties are named twice": (penalties_twice, "BR-FR-06", "BR-FR-06"),
    "the seller's SIREN is too short": (
        with_side("seller", legal_id="12345"),
        "BR-FR-10",
        "BR-FR-10",
    ),
    "the business process is unknown": (with_(process="Z9"), "BR-FR-08", "BR-FR-08"),
    "a number has a space": (with_(number="F 2026 1"), "BR-FR-02", "BR-FR-02"),
}


def rules(judge: Judge, xml: bytes) -> set[str]:
    return {one.rule for one in judge.findings(xml) if one.is_fatal}


def test_each_named_rule_is_found_where_it_is_broken(judge: Judge) -> None:
    whole = recurring()
    unseen = {}

    for name, (break_it, in_cii, in_ubl) in BROKEN.items():
        broken = break_it(whole)
        found = rules(judge, cii_of(broken)), rules(judge, ubl_of(broken))
        for rule, those in zip((in_cii, in_ubl), found, strict=True):
            names = rule.split("|")
            if not any(one.partition("_")[0] in names for one in those):
                unseen[f"{name}: {rule}"] = those

    assert rules(judge, cii_of(whole)) == rules(judge, ubl_of(whole)) == set()
    assert unseen == {}


def test_reverse_charge_needs_its_reason_and_the_buyers_vat_number(judge: Judge) -> None:
    whole = reverse_charge()
    [tax] = whole.taxes
    silent = replace(whole, taxes=(replace(tax, reason="", reason_code=""),))
    nameless = replace(whole, buyer=replace(whole.buyer, vat_number="", legal_id=""))

    for write in (cii_of, ubl_of):
        assert rules(judge, write(whole)) == set()
        assert "BR-AE-10" in rules(judge, write(silent))
        assert "BR-AE-02" in rules(judge, write(nameless))


def test_the_sum_of_the_lines_is_compared_with_the_lines(judge: Judge) -> None:
    whole = recurring()
    cii, ubl = cii_of(whole), ubl_of(whole)
    assert cii.count(b"<ram:LineTotalAmount>298.80<") == 2  # of the line, then of the document
    assert ubl.count(b">298.80</cbc:LineExtensionAmount>") == 2  # of the document, then of the line

    head, tail = cii.rsplit(b"<ram:LineTotalAmount>298.80<", 1)
    assert "BR-CO-10" in rules(judge, head + b"<ram:LineTotalAmount>298.81<" + tail)
    wrong = ubl.replace(b">298.80</cbc:LineE", b">298.81</cbc:LineE", 1)
    assert "BR-CO-10" in rules(judge, wrong)
