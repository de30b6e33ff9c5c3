"""A client is chosen from a list while there are few, else by typing name or code."""

from typing import Any

import pytest
from django import forms
from django.test import Client as Browser
from django.urls import reverse

from clients.forms import chooser
from clients.forms.chooser import ClientChoiceField, ClientsChoiceField
from clients.models import Client
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


class OneForm(forms.Form):
    """One client."""

    client = ClientChoiceField(Client.objects.all())


class SomeForm(forms.Form):
    """Some, or none."""

    clients = ClientsChoiceField(Client.objects.all(), required=False)


@pytest.fixture
def alpha() -> Client:
    """The one that is looked for."""
    found: Client = ClientFactory.create(name="Alpha SAS", code="C001")
    return found


@pytest.fixture
def many(alpha: Client, monkeypatch: pytest.MonkeyPatch) -> list[Client]:
    """More clients than a list holds; one has the key of another as its code."""
    monkeypatch.setattr(chooser, "FEW", 2)
    return [
        ClientFactory.create(name="Alpha Lyon", code="C002"),
        ClientFactory.create(name="Bravo", code=str(alpha.pk)),
    ]


def chosen(typed: Any) -> Any:
    form = OneForm({"client": typed})
    return form.cleaned_data["client"] if form.is_valid() else form.errors["client"][0]


def test_few_are_offered_in_a_list_that_can_be_searched(alpha: Client) -> None:
    page = str(OneForm(initial={"client": alpha.pk})["client"])

    assert f'<option value="{alpha.pk}" selected>' in page
    assert "data-searchable" in page
    assert chosen(str(alpha.pk)) == alpha


def test_many_are_typed_and_none_of_them_is_drawn(alpha: Client, many: list[Client]) -> None:
    page = str(OneForm(initial={"client": alpha.pk})["client"])

    assert 'value="Alpha SAS (C001)"' in page
    assert "<select" not in page
    assert "<option" not in page
    assert f"{reverse('clients:client-options')}?field=client" in page


@pytest.mark.parametrize("typed", ["C001", "c001", "alpha sas", "Alpha SAS (C001)", "sas alpha"])
def test_many_are_found_by_name_and_code(alpha: Client, many: list[Client], typed: str) -> None:
    assert chosen(typed) == alpha


def test_a_code_of_figures_is_a_code_and_never_another_clients_key(
    alpha: Client, many: list[Client]
) -> None:
    assert chosen(str(alpha.pk)) == many[1]


def test_who_cannot_be_told_apart_is_asked_about_and_what_was_typed_stays(
    many: list[Client],
) -> None:
    assert chosen("alpha") == "Which one: Alpha Lyon (C002), Alpha SAS (C001)?"
    assert chosen("zulu") == "No client has this name or code."
    assert 'value="alpha"' in str(OneForm({"client": "alpha"})["client"])


def test_a_name_is_understood_where_there_is_a_list_too(alpha: Client) -> None:
    assert chosen("Alpha SAS") == alpha


def test_several_are_chosen_or_typed_one_a_line(alpha: Client, many: list[Client]) -> None:
    form = SomeForm({"clients": "C001\n\n alpha lyon \n"})

    assert form.is_valid()
    assert set(form.cleaned_data["clients"]) == {alpha, many[0]}
    assert "<textarea" in str(form["clients"])


def test_a_line_that_means_nobody_is_told_and_all_lines_stay(many: list[Client]) -> None:
    form = SomeForm({"clients": "C001\nzulu"})

    assert form.errors["clients"] == ["No client has this name or code."]
    assert "C001\nzulu" in str(form["clients"])


def test_nobody_typed_means_all(many: list[Client]) -> None:
    form = SomeForm({"clients": ""})

    assert form.is_valid()
    assert list(form.cleaned_data["clients"]) == []


def test_clients_are_suggested_while_typing(
    alpha: Client, many: list[Client], as_technician: Browser
) -> None:
    url = reverse("clients:client-options")

    answer = as_technician.get(url, {"field": "buyer", "buyer": "alp"}).content.decode()

    assert answer == (
        '<option value="Alpha Lyon (C002)"></option><option value="Alpha SAS (C001)"></option>'
    )
    assert as_technician.get(url, {"field": "buyer"}).content == b""
