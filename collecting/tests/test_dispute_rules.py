"""What holds about disputes whatever happens at once, comes again, or is written beside them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from billing.models import Charge, Invoice
from billing.tests.credited import credit, issued_invoice
from collecting.models import CollectingMail, Dispute, DisputeGround, DisputeState
from collecting.operations.answer_dispute import answer_dispute
from collecting.operations.credit_dispute import Concession, credit_dispute
from collecting.operations.deliver_mail import deliver_mail
from collecting.operations.open_dispute import DisputeRefused, Objection, open_dispute
from collecting.operations.release_dispute import release_dispute
from collecting.queries.disputed import disputed_amounts
from collecting.tasks import sweep_collecting

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 4, 8, 10, tzinfo=UTC)
OBJECTION = Objection(DisputeGround.NOT_ORDERED, "Nobody asked for this")
ALL_OF_IT = Concession("As agreed", date(2026, 4, 8))


@pytest.fixture
def dispute(client_contact: User) -> Dispute:
    invoice = issued_invoice(client=client_contact.contact.client)
    return dispute_of(invoice.charges.get(position=2), client_contact)


def dispute_of(line: Charge, person: User) -> Dispute:
    return open_dispute(line_id=line.pk, objection=OBJECTION, actor=person, now=NOON)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do all of it at one moment; return the refusals."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> str:
        start.wait()
        try:
            deed()
        except DisputeRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [refusal for refusal in pool.map(do, deeds) if refusal]


def test_two_who_dispute_a_line_at_once_open_one_dispute(client_contact: User) -> None:
    line = issued_invoice(client=client_contact.contact.client).charges.get(position=2)

    refusals = at_once(*[lambda: dispute_of(line, client_contact)] * 4)

    assert refusals == ["This line is disputed already."] * 3
    assert Dispute.objects.count() == CollectingMail.objects.count() == 1


def test_of_two_who_credit_and_one_who_releases_one_is_heard(
    dispute: Dispute, accountant: User
) -> None:
    def give_way() -> None:
        credit_dispute(dispute_id=dispute.pk, concession=ALL_OF_IT, actor=accountant, now=NOON)

    def insist() -> None:
        release_dispute(dispute_id=dispute.pk, answer="It stands", actor=accountant, now=NOON)

    refusals = at_once(give_way, insist, give_way)

    assert len(refusals) == 2
    dispute.refresh_from_db()
    notes = Invoice.objects.filter(document_kind="credit_note").count()
    assert (dispute.state, notes) in {(DisputeState.CREDITED, 1), (DisputeState.RELEASED, 0)}


@pytest.mark.parametrize("change", ["UPDATE {} SET body = 'No'", "DELETE FROM {}"])
def test_what_was_said_stays_as_it_was_said(dispute: Dispute, change: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append_only"):
        cursor.execute(change.format("collecting_disputemessage"))

    assert dispute.messages.get().body == "Nobody asked for this"


def test_a_mail_is_sent_once_however_many_workers_are_given_it(
    dispute: Dispute, accountant: User
) -> None:
    answer_dispute(dispute_id=dispute.pk, body="We look into it", actor=accountant, now=NOON)
    row = CollectingMail.objects.get(is_to_client=True)

    at_once(*[lambda: deliver_mail(mail_id=row.pk, now=NOON + timedelta(hours=1))] * 3)

    assert [one.to for one in mail.outbox] == [[dispute.opened_by.email]]
    assert "We look into it" in mail.outbox[0].body
    assert "151.20" in mail.outbox[0].body


def test_a_line_that_a_credit_note_took_back_whole_is_no_longer_disputed(dispute: Dispute) -> None:
    credit(dispute.invoice, p2="126.00")

    sweep_collecting()
    sweep_collecting()

    dispute.refresh_from_db()
    assert (dispute.state, dispute.closed_by) == (DisputeState.CREDITED, None)
    assert dispute.credit_note == Invoice.objects.get(document_kind="credit_note")
    assert CollectingMail.objects.filter(kind="dispute_ended").count() == 1


def test_a_line_that_was_credited_in_part_stays_disputed_with_the_rest(dispute: Dispute) -> None:
    """100.00 and 20.00 of tax are left."""
    credit(dispute.invoice, p2="26.00")

    sweep_collecting()

    assert disputed_amounts() == {dispute.invoice_id: Decimal("120.00")}
    dispute.refresh_from_db()
    assert dispute.is_open


def test_an_answer_that_came_too_late_is_shown_for_copying(
    dispute: Dispute, accountant: User, as_accountant: Browser
) -> None:
    release_dispute(dispute_id=dispute.pk, answer="It stands", actor=accountant, now=NOON)

    page = as_accountant.post(
        reverse("collecting:dispute-answer", args=[dispute.pk]), {"body": "One <b>moment</b>"}
    )

    assert page.status_code == 422
    assert "One &lt;b&gt;moment&lt;/b&gt;</textarea>" in page.content.decode()


def test_programs_dispute_answer_and_credit(as_accountant: Browser, client_contact: User) -> None:
    line = issued_invoice(client=client_contact.contact.client).charges.get(position=2)
    new = {"line": line.pk, "ground": "price", "body": "Agreed at less"}
    opened = as_accountant.post("/api/v1/disputes/", new, "application/json")
    again = as_accountant.post("/api/v1/disputes/", new, "application/json")
    address = f"/api/v1/disputes/{opened.json()['id']}/"
    said = as_accountant.post(f"{address}answer/", {"body": "Let us see"}, "application/json")
    too_much = {"amount": "126.01", "reason": "As agreed", "issued_on": "2026-04-08"}
    refused = as_accountant.post(f"{address}credit/", too_much, "application/json")
    given = as_accountant.post(
        f"{address}credit/", too_much | {"amount": "26.00"}, "application/json"
    )

    codes = [one.status_code for one in (opened, again, said, refused, given)]
    assert codes == [201, 409, 200, 409, 200]
    assert (given.json()["state"], given.json()["amount"]) == ("credited", "120.00")


def test_a_client_reads_its_own_disputes_through_the_api_and_no_others(
    dispute: Dispute, client_contact: User, accountant: User, sign_in: Any
) -> None:
    dispute_of(issued_invoice().charges.get(position=2), accountant)

    rows = sign_in(client_contact).get("/api/v1/disputes/").json()["results"]

    assert [row["id"] for row in rows] == [dispute.pk]


def test_the_work_list_asks_as_often_for_many_as_for_one(
    dispute: Dispute, accountant: User, as_accountant: Browser
) -> None:
    address = reverse("collecting:disputes")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert as_accountant.get(address).status_code == 200
        return len(asked)

    queries()
    one = queries()
    for _n in range(4):
        dispute_of(issued_invoice().charges.get(position=2), accountant)
    assert queries() == one
