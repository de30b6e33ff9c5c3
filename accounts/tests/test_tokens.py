"""Programs get tokens of their own."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client as Browser
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.operations.make_token import make_token


def _program(secret: str) -> APIClient:
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return program


def test_a_token_is_shown_once(as_technician: Browser) -> None:
    made = as_technician.post("/me/tokens/", {"name": "monitoring", "days": "365"})
    later = as_technician.get("/me/tokens/")

    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert secret not in later.content.decode()
    assert "monitoring" in later.content.decode()
    assert not ApiToken.objects.filter(digest=secret).exists()


def test_a_token_does_what_its_person_may(as_technician: Browser) -> None:
    made = as_technician.post("/me/tokens/", {"name": "monitoring", "days": "0"})

    response = _program(made.context["secret"]).get("/api/v1/clients/")

    assert response.status_code == 200
    assert ApiToken.objects.get().last_used_at is not None


def test_a_revoked_token_is_out_at_once(as_technician: Browser, technician: User) -> None:
    token, secret = make_token(person_id=technician.pk, name="monitoring", lifetime=None)

    as_technician.post(f"/me/tokens/{token.public_id}/revoke/")

    assert _program(secret).get("/api/v1/clients/").status_code == 401


def test_a_token_stops_working_on_its_day(technician: User) -> None:
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        _token, secret = make_token(
            person_id=technician.pk, name="monitoring", lifetime=timedelta(days=30)
        )
    with time_machine.travel(datetime(2026, 4, 1, tzinfo=UTC), tick=False):
        status = _program(secret).get("/api/v1/clients/").status_code

    assert status == 401


def test_nobody_revokes_anothers_token(as_accountant: Browser, technician: User) -> None:
    token, _secret = make_token(person_id=technician.pk, name="monitoring", lifetime=None)

    response = as_accountant.post(f"/me/tokens/{token.public_id}/revoke/")

    assert response.status_code == 404
    assert ApiToken.objects.count() == 1
