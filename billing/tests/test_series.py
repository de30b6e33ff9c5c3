"""Series of numbers: what comes next in each, and how one begins that has not begun."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.models import NumberSeries
from billing.operations.set_series import SeriesRefused, set_series
from billing.series import all_series
from billing.tests.cancelled import faults, issue
from billing.tests.credited import credit, issued_invoice
from billing.tests.factories import DraftFactory
from clients.models import LegalEntity

pytestmark = pytest.mark.django_db


def began(prefix: str, year: int = 2027, kind: str = "invoice") -> NumberSeries:
    return set_series(
        legal_entity_id=LegalEntity.objects.get().pk,
        document_kind=kind,
        year=year,
        prefix=prefix,
        this_year=2026,
    )


def test_every_kind_and_year_counts_by_itself() -> None:
    credit(issued_invoice(), amount="10")

    found = [(one.year, one.next_number, one.last) for one in all_series(2026)]

    assert set(found) == {
        (2027, "F-2027-00001", 0),
        (2027, "AV-2027-00001", 0),
        (2026, "F-2026-00002", 1),
        (2026, "AV-2026-00002", 1),
    }


def test_a_series_that_has_not_begun_begins_as_it_is_told() -> None:
    invoice = issued_invoice()
    began(" fa-paris ", year=2027)

    later = issue(DraftFactory.create(client=invoice.client), on=date(2027, 1, 4))

    assert later.number == "FA-PARIS-2027-00001"
    assert faults() == {}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"prefix": "FA", "year": 2026}, "F-2026 has given numbers already"),
        ({"prefix": "AV"}, "AV-2027 begins the numbers of another kind already"),
        ({"prefix": "F", "kind": "credit_note"}, "F-2027 begins the numbers of another kind"),
        ({"prefix": "F A"}, "Letters and digits only"),
        ({"prefix": "LONGPREFIX"}, "Letters and digits only"),
        ({"prefix": "FA", "year": 2025}, "a year that is over"),
    ],
)
def test_a_series_that_cannot_begin_like_this_is_refused(
    said: dict[str, str | int], sentence: str
) -> None:
    issued_invoice()

    with pytest.raises(SeriesRefused, match=sentence):
        began(**said)  # type: ignore[arg-type]

    assert list(NumberSeries.objects.values_list("prefix", "year")) == [("F", 2026)]


def test_the_page_lists_them_and_programs_set_them(as_accountant: Browser) -> None:
    draft = DraftFactory.create()
    said = {"legal_entity": draft.legal_entity_id, "document_kind": "invoice", "year": 2090}

    answer = as_accountant.post("/api/v1/number-series/", said | {"prefix": "FA"})
    again = as_accountant.post("/api/v1/number-series/", said | {"prefix": "AV"})

    assert (answer.status_code, answer.json()["next_number"]) == (201, "FA-2090-00001")
    assert again.status_code == 409
    listed = as_accountant.get(reverse("billing:series")).content.decode()
    assert "FA-2090-00001" in listed
