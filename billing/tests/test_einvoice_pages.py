"""Electronic invoices in the browser and the API: downloads, what is missing, what is held up."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.einvoice.reading_xml import Syntax, parse, syntax_of
from billing.models import Invoice
from billing.operations.issue_invoices import Issuing, issue_invoices
from billing.queries.flag_filters import with_flag
from billing.queries.flags import flags_of, with_flag_facts
from billing.tests.credited import credit, issued_invoice
from billing.tests.factories import DraftFactory
from clients.models import LegalEntity
from tests.plugins.cast import SignIn

pytestmark = pytest.mark.django_db
NAMELESS = {"client__registration_number": "", "client__vat_number": "", "client__name": "Nova"}
LACKING = "An electronic invoice also needs: Nova: SIREN."


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 4, 8, 10, tzinfo=UTC), tick=False):
        yield


def syntax(answer: Any) -> Syntax:
    return syntax_of(parse(answer.content))


def issue(draft: Invoice) -> Issuing:
    return issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)


def flags(draft: Invoice) -> list[tuple[str, str, str]]:
    [row] = with_flag_facts(Invoice.objects.filter(pk=draft.pk))
    return [(one.word, one.tone, one.sentence) for one in flags_of(row) if one.code == "electronic"]


def test_staff_download_an_invoice_and_a_credit_note_in_both_syntaxes(
    as_accountant: Browser,
) -> None:
    invoice = issued_invoice()
    note = credit(invoice, "50")

    cii = as_accountant.get(reverse("billing:invoice-cii", args=[invoice.pk]))

    assert cii["Content-Type"] == "application/xml"
    assert cii["Content-Disposition"] == 'attachment; filename="F-2026-00001-cii.xml"'
    assert syntax(cii) == Syntax.CII
    asked = [reverse("billing:invoice-ubl", args=[one.pk]) for one in (invoice, note)]
    ubl = [as_accountant.get(address) for address in asked]
    assert [syntax(one) for one in ubl] == [Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE]


def test_a_draft_has_no_file_for_machines(as_accountant: Browser) -> None:
    draft = DraftFactory.create()

    assert as_accountant.get(reverse("billing:invoice-cii", args=[draft.pk])).status_code == 404
    answer = as_accountant.get(reverse("api:invoice-cii", args=[draft.pk]))
    assert answer.status_code == 409
    assert "issue it first" in answer.content.decode()


def test_what_is_missing_is_named_with_the_page_where_it_is_filled_in(
    as_accountant: Browser,
) -> None:
    invoice = issued_invoice(**NAMELESS)
    mend = reverse("clients:client-edit", args=[invoice.client_id])

    refused = as_accountant.get(reverse("billing:invoice-ubl", args=[invoice.pk]))
    page = as_accountant.get(invoice.get_absolute_url()).content.decode()
    api = as_accountant.get(reverse("api:invoice-ubl", args=[invoice.pk]))

    assert (refused.status_code, api.status_code) == (409, 409)
    for text in (refused.content.decode(), page):
        assert f'<a href="{mend}">Nova: SIREN</a>' in text
    assert LACKING in api.content.decode()
    assert reverse("billing:invoice-ubl", args=[invoice.pk]) not in page


def test_a_siren_that_is_filled_in_later_makes_the_invoice_electronic(
    as_accountant: Browser,
) -> None:
    invoice = issued_invoice(**NAMELESS)
    invoice.client.registration_number = "900000016"
    invoice.client.save()

    answer = as_accountant.get(reverse("billing:invoice-cii", args=[invoice.pk]))

    assert b'<ram:ID schemeID="0002">900000016</ram:ID>' in answer.content


def test_a_contact_downloads_the_own_companys_invoices_only(
    client_contact: User, outsider: User, sign_in: SignIn
) -> None:
    invoice = issued_invoice(client=client_contact.contact.client)
    address = reverse("portal:invoice-ubl", args=[invoice.pk])

    own, other = sign_in(client_contact).get(address), sign_in(outsider).get(address)

    assert syntax(own) == Syntax.UBL_INVOICE
    assert other.status_code == 404
    page = sign_in(client_contact).get(reverse("portal:invoice", args=[invoice.pk]))
    assert address in page.content.decode()


def test_a_draft_that_cannot_become_electronic_is_flagged_and_still_issued() -> None:
    draft, whole = DraftFactory.create(**NAMELESS), DraftFactory.create()

    assert flags(draft) == [("no e-invoice", "info", LACKING)]
    assert flags(whole) == []
    rows = with_flag_facts(Invoice.objects.all())
    assert list(with_flag(rows, "electronic")) == [draft]
    assert issue(draft).numbers == {draft.pk: "F-2026-00001"}


def test_a_firm_that_needs_electronic_invoices_issues_none_that_machines_cannot_read() -> None:
    draft, whole = DraftFactory.create(**NAMELESS), DraftFactory.create()
    LegalEntity.objects.update(needs_electronic_invoice=True)

    [refusal] = issue(draft).refused

    assert refusal.reason == LACKING
    assert flags(draft) == [("no e-invoice", "bad", LACKING)]
    draft.refresh_from_db()
    assert draft.is_draft
    assert issue(whole).numbers == {whole.pk: "F-2026-00001"}


@pytest.mark.parametrize(
    ("fields", "is_reached"),
    [
        ({"registration_number": "900000016"}, True),
        ({"registration_number": "", "kind": "person", "invoice_email": ""}, False),
        ({"registration_number": "", "kind": "person", "invoice_email": "a@b.example"}, True),
        ({"country": "MC", "registration_number": "", "invoice_email": "a@b.example"}, False),
        ({"country": "DE", "invoice_email": ""}, False),
        ({"country": "DE", "invoice_email": "a@b.example"}, True),
        ({"country": "DE", "electronic_scheme": "9930", "electronic_address": "DE1"}, True),
    ],
)
def test_the_inbox_keeps_the_same_drafts_as_the_flag_marks(
    *, fields: dict[str, str], is_reached: bool
) -> None:
    draft = DraftFactory.create(
        client__vat_number="", **{f"client__{k}": v for k, v in fields.items()}
    )
    rows = with_flag_facts(Invoice.objects.all())

    assert (flags(draft) == []) is is_reached
    assert (list(with_flag(rows, "electronic")) == []) is is_reached
