"""Discounts in the browser and through the API."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Charge, Discount, Invoice
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Invoice:
    """298.80 and 126.00 at 20 %: 424.80."""
    made: Invoice = DraftFactory.create()
    return made


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_page_takes_a_share_off_a_line_and_shows_it_beneath(
    as_accountant: Browser, draft: Invoice
) -> None:
    # 10 % of 298.80 is 29.88: 394.92 stay.
    url = reverse("billing:draft-discount", args=[draft.pk])
    line = draft.charges.get(position=1).pk
    typed = {"line": str(line), "size": "10", "unit": "percent", "reason": "Loyal"}

    answer = as_accountant.post(url, typed, follow=True)

    assert "Remise de 10 % : Loyal" in words(answer)
    assert "394.92" in words(answer)
    withdraw = reverse("billing:discount-withdraw", args=[Discount.objects.get().pk])
    assert withdraw in words(answer)
    assert "424.80" in words(as_accountant.post(withdraw, follow=True))


def test_too_much_is_refused_beside_its_field_and_nothing_typed_is_lost(
    as_accountant: Browser, draft: Invoice
) -> None:
    url = reverse("billing:draft-discount", args=[draft.pk])
    typed = {"line": "", "size": "424.81", "unit": "amount", "reason": "Goodwill"}

    answer = as_accountant.post(url, typed)

    assert answer.status_code == 422
    assert "At most €424.80 without tax can be taken off." in words(answer)
    assert 'value="Goodwill"' in words(answer)
    assert Discount.objects.count() == 0


def test_programs_grant_and_withdraw_discounts(as_accountant: Browser, draft: Invoice) -> None:
    asked = {"invoice": draft.pk, "amount": "24.80", "reason": "Opening offer"}

    answer = as_accountant.post("/api/v1/discounts/", asked, "application/json")

    assert answer.status_code == 201, answer.content
    parts = Charge.objects.filter(pk__in=answer.json()["charges"]).order_by("position")
    # 24.80 x 298.80 / 424.80 is 17.444, 24.80 x 126.00 / 424.80 is 7.356.
    assert [str(one.amount) for one in parts] == ["-17.44", "-7.36"]
    draft.refresh_from_db()
    assert draft.net == Decimal("400.00")
    gone = as_accountant.delete(f"/api/v1/discounts/{answer.json()['id']}/")
    assert gone.status_code == 204
    assert Charge.objects.filter(reduces__isnull=False).count() == 0
