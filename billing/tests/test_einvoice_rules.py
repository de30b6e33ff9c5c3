"""Every kind of document keeps the official rules, and the rule engine finds what breaks them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.einvoice.cii import cii_of
from billing.einvoice.document import EDocument
from billing.einvoice.rules import EN_16931, FACTUR_X, FRENCH, SCHEMA, CannotJudge, Judge
from billing.einvoice.ubl import ubl_of
from billing.tests.electronic import KINDS, recurring

pytestmark = pytest.mark.django_db


def fatal(judge: Judge, xml: bytes) -> list[tuple[str, str]]:
    return [(one.rule_set, one.rule) for one in judge.findings(xml) if one.is_fatal]


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_set_finds_anything_fatal_in(kind: str, judge: Judge) -> None:
    document = KINDS[kind]()

    assert fatal(judge, cii_of(document)) == []
    assert fatal(judge, ubl_of(document)) == []


def without_siren(document: EDocument) -> EDocument:
    return replace(document, buyer=replace(document.buyer, legal_id=""))


def wrong_sum(document: EDocument) -> EDocument:
    return replace(document, total=document.total + Decimal("0.01"))


def without_terms(document: EDocument) -> EDocument:
    return replace(document, notes=tuple(n for n in document.notes if n.code != "PMD"))


@pytest.mark.parametrize(
    ("break_it", "in_cii", "in_ubl"),
    [
        (wrong_sum, {(FACTUR_X, "BR-CO-15")}, {(EN_16931, "BR-CO-15")}),
        (without_siren, {(FRENCH, "BR-FR-11_BT-47")}, {(FRENCH, "BR-FR-11_BT-47")}),
        (without_terms, {(FRENCH, "BR-FR-05_BT-22_PMD")}, {(FRENCH, "BR-FR-05_BT-22-2")}),
    ],
)
def test_each_rule_set_finds_what_breaks_its_rules(
    break_it: object, in_cii: set[object], in_ubl: set[object], judge: Judge
) -> None:
    assert callable(break_it)
    document = break_it(recurring())

    assert in_cii <= set(fatal(judge, cii_of(document)))
    assert in_ubl <= set(fatal(judge, ubl_of(document)))


def test_the_schema_finds_an_element_that_stands_nowhere(judge: Judge) -> None:
    xml = cii_of(recurring()).replace(b"ram:DuePayableAmount", b"ram:DueAmount")

    assert SCHEMA in {rule_set for rule_set, _rule in fatal(judge, xml)}


@pytest.mark.parametrize("xml", [b"<a/>", b"no xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_invoice_cannot_be_judged(xml: bytes, judge: Judge) -> None:
    with pytest.raises(CannotJudge):
        judge.findings(xml)
