"""Several lists read in one round trip are what each would have been by itself."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.tests.factories import ProductFactory
from clients.models import Client
from clients.tests.factories import ClientFactory
from core.choices import read_choices
from core.together import read_together

pytestmark = pytest.mark.django_db


class Shelf(forms.Form):
    """Two selects that offer the same rows."""

    first = forms.ModelChoiceField(Product.objects.order_by("name"))
    second = forms.ModelChoiceField(Product.objects.order_by("name"), empty_label=None)


def test_rows_come_back_with_the_values_they_have() -> None:
    made = ClientFactory.create(name="Zoé & Fils", lost_on=date(2026, 2, 28))
    ProductFactory.create(price=Decimal("19.9000"))
    clients, products = Client.objects.filter(pk=made.pk), Product.objects.order_by("pk")

    with CaptureQueriesContext(connection) as captured:
        read_together(clients, products, Client.objects.none())

    assert len(captured) == 1
    [found] = clients
    for field in Client._meta.concrete_fields:
        fresh = Client.objects.get(pk=made.pk)
        assert getattr(found, field.attname) == getattr(fresh, field.attname)
    assert [(str(one.price), one._state.adding) for one in products] == [("19.9000", False)]


def test_the_order_and_the_limit_of_a_list_stay() -> None:
    for name in ("b", "c", "a"):
        ProductFactory.create(name=name)
    rows = Product.objects.order_by("-name")[:2]

    read_together(rows)

    assert [one.name for one in rows] == ["c", "b"]


def test_selects_that_offer_the_same_are_read_once_and_drawn_without_a_query() -> None:
    ProductFactory.create(name="Toner")
    form = Shelf()

    with CaptureQueriesContext(connection) as captured:
        read_choices([form])
        html = form.as_p()

    assert len(captured) == 1
    assert captured[0]["sql"].count('FROM "catalog_product"') == 1
    assert html.count("Toner") == 2


def test_what_is_joined_or_offers_no_options_is_left_alone() -> None:
    joined = forms.ModelChoiceField(Client.objects.select_related("account_manager"))
    hidden = forms.ModelChoiceField(Product.objects.all(), widget=forms.HiddenInput)
    form = forms.Form()
    form.fields |= {"joined": joined, "hidden": hidden}

    with CaptureQueriesContext(connection) as captured:
        read_choices([form])

    assert len(captured) == 0


def test_a_select_by_itself_is_read_with_one_plain_query() -> None:
    ProductFactory.create(name="Toner")

    with CaptureQueriesContext(connection) as captured:
        html = str(Shelf()["second"])

    assert [sql["sql"].startswith("SELECT") for sql in captured] == [True]
    assert "Toner" in html
