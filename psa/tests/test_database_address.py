"""How the database is reached."""

import pytest
from django.db import connection

from psa.env import database


@pytest.mark.django_db
def test_statements_are_not_compiled_before_they_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_the_address_may_say_otherwise() -> None:
    described = database("postgresql://db/fixpoint?options=-c%20jit%3Don&sslmode=require")

    assert described["OPTIONS"] == {"options": "-c jit=on", "sslmode": "require"}
