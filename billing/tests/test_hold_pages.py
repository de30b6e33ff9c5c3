"""Holding back and releasing, as accountants and programs do it; bad input loses nothing."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.models import ClientHold, Invoice
from billing.operations.park_client import park_client
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture(autouse=True)
def _firm() -> None:
    open_firm()


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content
    return " ".join(answer.content.decode().split()).replace("&#x27;", "'")


def hold(browser: Browser, *drafts: Invoice, **typed: str) -> Any:
    chosen = {"selected": [draft.pk for draft in drafts]}
    return browser.post(reverse("billing:drafts-hold"), {**chosen, **typed}, follow=True)


def test_selected_drafts_are_held_with_a_reason(as_accountant: Browser) -> None:
    first, second, other = DraftFactory(), DraftFactory(), DraftFactory()

    asked = text(hold(as_accountant, first, second))
    held = text(hold(as_accountant, first, second, reason="Price disputed"))

    assert f'value="{first.pk}"' in asked
    assert "2 drafts are on hold." in held
    assert set(Invoice.objects.filter(held_at__isnull=False)) == {first, second}
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.held_reason, other.held_reason) == ("Price disputed", "")


def test_a_hold_without_a_reason_asks_again_and_keeps_the_selection(
    as_accountant: Browser,
) -> None:
    draft = DraftFactory()

    page = text(hold(as_accountant, draft, reason="  "), 422)

    assert "This field is required." in page
    assert f'value="{draft.pk}"' in page
    assert Invoice.objects.get().held_at is None


def test_nothing_selected_is_said_and_nothing_held(as_accountant: Browser) -> None:
    DraftFactory()

    assert "Select the drafts first." in text(hold(as_accountant, reason="Price disputed"))
    assert Invoice.objects.get().held_at is None


def test_held_drafts_are_released(as_accountant: Browser) -> None:
    draft = DraftFactory()
    hold(as_accountant, draft, reason="Price disputed")

    url = reverse("billing:drafts-release")
    page = text(as_accountant.post(url, {"selected": [draft.pk, "x"]}, follow=True))

    assert "1 draft was released." in page
    draft.refresh_from_db()
    assert (draft.held_reason, draft.held_at) == ("", None)


def test_a_client_is_parked_listed_and_released(as_accountant: Browser) -> None:
    client = ClientFactory.create(name="Slow SAS")
    url = reverse("billing:client-park", args=[client.pk])

    parked = text(as_accountant.post(url, {"reason": "Insolvent"}, follow=True))
    row = ClientHold.objects.get()
    released = text(
        as_accountant.post(reverse("billing:holds-release"), {"selected": [row.pk]}, follow=True)
    )

    assert "Nothing is billed to Slow SAS until you release them." in parked
    assert "Insolvent" in parked
    assert "Slow SAS is billed again from the next run on." in released
    assert "Nobody is on hold" in released
    row.refresh_from_db()
    assert row.released_by == row.held_by is not None


def test_a_client_is_not_parked_without_a_reason_or_with_a_novel(as_accountant: Browser) -> None:
    client = ClientFactory.create()
    url = reverse("billing:client-park", args=[client.pk])

    empty = text(as_accountant.post(url, {"reason": ""}), 422)
    long = text(as_accountant.post(url, {"reason": "x" * 201}), 422)

    assert "This field is required." in empty
    assert "at most 200 characters (it has 201)" in long
    assert "x" * 201 in long
    assert not ClientHold.objects.exists()


def test_programs_hold_and_release_a_draft(as_accountant: Browser) -> None:
    draft = DraftFactory()
    path = f"/api/v1/invoices/{draft.pk}"

    empty = as_accountant.post(f"{path}/hold/", {}, content_type=JSON)
    held = as_accountant.post(f"{path}/hold/", {"reason": "Disputed"}, content_type=JSON).json()
    released = as_accountant.post(f"{path}/release/", content_type=JSON).json()

    assert (empty.status_code, list(empty.json()["error"]["fields"])) == (400, ["reason"])
    assert (held["held_reason"], released["held_reason"]) == ("Disputed", "")


def test_programs_park_and_release_a_client(as_accountant: Browser) -> None:
    client = ClientFactory.create()
    path = "/api/v1/client-holds/"

    missing = as_accountant.post(path, {"client": client.pk}, content_type=JSON)
    made = as_accountant.post(path, {"client": client.pk, "reason": "Late"}, content_type=JSON)
    done = as_accountant.post(f"{path}{made.json()['id']}/release/", content_type=JSON).json()

    assert (missing.status_code, list(missing.json()["error"]["fields"])) == (400, ["reason"])
    assert made.status_code == 201
    assert done["released_at"] is not None
    assert as_accountant.get(f"{path}?released_at__isnull=true").json()["count"] == 0


def test_an_issued_invoice_cannot_be_held(as_accountant: Browser) -> None:
    draft = DraftFactory()
    as_accountant.post(f"/api/v1/invoices/{draft.pk}/issue/", content_type=JSON)

    as_accountant.post(
        f"/api/v1/invoices/{draft.pk}/hold/", {"reason": "Too late"}, content_type=JSON
    )

    assert Invoice.objects.issued().get().held_reason == ""


@pytest.fixture
def inbox() -> dict[str, Invoice]:
    """One draft that is held, one of a parked client, one that can be issued."""
    found: dict[str, Invoice] = {
        name: DraftFactory(client__name=f"{name} SAS") for name in ("Held", "Parked", "Plain")
    }
    Invoice.objects.filter(pk=found["Held"].pk).update(
        held_reason="Disputed", held_at="2026-04-01T10:00Z"
    )
    park_client(client_id=found["Parked"].client_id, reason="Insolvent", actor=None)
    return found


@pytest.mark.parametrize(
    ("flag", "shown"),
    [
        ("on_hold", {"Held SAS"}),
        ("parked", {"Parked SAS"}),
        ("first", {"Held SAS", "Parked SAS", "Plain SAS"}),
        ("negative", set()),
    ],
)
def test_drafts_are_filtered_by_their_flags(
    flag: str, shown: set[str], inbox: dict[str, Invoice], as_accountant: Browser
) -> None:
    answer = as_accountant.get(reverse("billing:drafts"), {"flag": flag})

    assert {draft.client.name for draft in answer.context["listing"].rows} == shown


def test_a_flag_that_does_not_exist_hides_no_draft(
    inbox: dict[str, Invoice], as_accountant: Browser
) -> None:
    answer = as_accountant.get(reverse("billing:drafts"), {"flag": "purple"})

    assert len(answer.context["listing"].rows) == 3


def test_issuing_all_leaves_the_held_and_says_why(
    inbox: dict[str, Invoice], as_accountant: Browser
) -> None:
    answer = as_accountant.post(
        reverse("billing:drafts-issue"), {"all": "1", "issued_on": "2026-04-01"}
    )

    page = text(answer, 422)
    assert "Disputed" in page
    assert "Insolvent" in page
    assert [invoice.client.name for invoice in Invoice.objects.issued()] == ["Plain SAS"]
    assert Client.objects.count() == 3
