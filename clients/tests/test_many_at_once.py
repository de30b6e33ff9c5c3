"""Asking for many rows at once, and making many things at once."""

import gc
from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Client, Contact
from clients.tests.factories import ClientFactory, ContactFactory
from core.memory import no_search_for_cycles


@pytest.mark.django_db
def test_rows_are_found_by_any_of_many_keys_of_their_own_or_of_what_they_belong_to() -> None:
    first, second, other = (ContactFactory.create() for _ in range(3))
    owners = {first.client_id, second.client_id}

    assert set(Client.objects.filter(pk__one_of=owners)) == {first.client, second.client}
    assert set(Contact.objects.filter(client__one_of=owners)) == {first, second}
    assert list(Contact.objects.exclude(client__one_of=owners)) == [other]
    assert not Contact.objects.filter(client__one_of=[]).exists()


@pytest.mark.django_db
def test_many_keys_are_written_as_one_array() -> None:
    ClientFactory.create()
    with CaptureQueriesContext(connection) as queries:
        list(Client.objects.filter(pk__one_of=range(1, 4)).values_list("pk"))

    assert """= ANY('{"1","2","3"}')""" in queries.captured_queries[0]["sql"]


def test_the_search_for_cycles_goes_on_as_before_whatever_happens_meanwhile() -> None:
    seen: list[int] = []
    with suppress(ZeroDivisionError), no_search_for_cycles():
        seen.append(gc.isenabled())
        seen.append(1 // 0)

    assert seen == [False]
    assert gc.isenabled()
