"""Issued documents are checked against the official rules, and the page says what was found."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client as Browser
from django.urls import reverse

from billing.einvoice.rules import Judge
from billing.models import Invoice, RuleCheck
from billing.operations.ask_checks import ask_checks
from billing.operations.check_rules import check_rules
from billing.tasks import check_rules_of_documents
from billing.tests.credited import credit, issued_invoice
from clients.models import LegalEntity

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 8, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def checked(invoice: Invoice, judge: Judge) -> RuleCheck:
    """Ask for a check and make it."""
    ask_checks(invoice_ids=[invoice.pk], actor=None)
    check = RuleCheck.objects.get(invoice=invoice, checked_at=None)
    check_rules(check_id=check.pk, judge=judge, now=NOON)
    check.refresh_from_db()
    return check


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_firm_that_has_all_checked_gets_every_new_document_checked_once() -> None:
    invoice = issued_invoice()
    note = credit(invoice, "50")
    check_rules_of_documents()
    assert not RuleCheck.objects.exists()
    LegalEntity.objects.update(checks_electronic_invoice=True)

    check_rules_of_documents()
    check_rules_of_documents()

    checks = RuleCheck.objects.order_by("invoice_id")
    assert [(check.invoice, check.is_passed, check.checked_at) for check in checks] == [
        (invoice, True, NOON),
        (note, True, NOON),
    ]


def test_what_was_issued_long_before_is_left_alone() -> None:
    issued_invoice()
    LegalEntity.objects.update(checks_electronic_invoice=True)

    with time_machine.travel(datetime(2026, 5, 2, 10, tzinfo=UTC), tick=False):
        check_rules_of_documents()

    assert not RuleCheck.objects.exists()


def test_a_finding_is_said_in_words_with_the_page_that_mends_it(
    judge: Judge, as_accountant: Browser
) -> None:
    invoice = issued_invoice(
        client__electronic_scheme="0225", client__electronic_address="123456789"
    )

    check = checked(invoice, judge)

    assert not check.is_passed
    assert [one["rule"] for one in check.findings if one["is_fatal"]] == ["BR-FR-21_BT-49"]
    page = words(as_accountant.get(invoice.get_absolute_url()))
    mend = reverse("clients:client-edit", args=[invoice.client_id])
    said = "The client's electronic address does not begin with its SIREN."
    assert said.replace("'", "&#x27;") in page
    assert f'<a href="{mend}">Mend it</a>' in page


def test_what_cannot_be_checked_says_why_and_can_be_checked_again(judge: Judge) -> None:
    invoice = issued_invoice(client__registration_number="", client__vat_number="")

    first = checked(invoice, judge)
    invoice.client.registration_number = "900000016"
    invoice.client.save()
    second = checked(invoice, judge)

    assert (first.is_passed, second.is_passed) == (False, True)
    assert first.fault.endswith("\u00a0: SIREN.")


def test_a_document_waits_for_one_check_at_a_time(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    address = reverse("billing:invoice-check", args=[invoice.pk])

    for _ in range(2):
        assert as_accountant.post(address).status_code == 302

    assert RuleCheck.objects.count() == 1
    page = words(as_accountant.get(invoice.get_absolute_url()))
    assert "being checked" in page
    assert address not in page
    with pytest.raises(IntegrityError):
        RuleCheck.objects.create(invoice=invoice)


def test_programs_ask_for_a_check_and_read_what_was_found(
    as_accountant: Browser, judge: Judge
) -> None:
    invoice = issued_invoice()

    asked = as_accountant.post(reverse("api:invoice-check", args=[invoice.pk]))
    check_rules(check_id=asked.json()["id"], judge=judge, now=NOON)
    listed = as_accountant.get(reverse("api:rule-check-list"), {"invoice": invoice.pk})

    assert (asked.status_code, asked.json()["checked_at"]) == (202, None)
    [check] = listed.json()["results"]
    assert (check["is_passed"], check["findings"], check["fault"]) == (True, [], "")
