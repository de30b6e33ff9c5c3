"""Addresses are those that Django works out, without working each one out."""

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from core.addresses import address, address_of


def test_a_row_has_the_address_that_its_name_leads_to() -> None:
    assert [address_of("tickets:ticket", pk) for pk in (1, 20)] == [
        reverse("tickets:ticket", args=[1]),
        reverse("tickets:ticket", args=[20]),
    ]


def test_a_page_without_a_row_has_its_address() -> None:
    assert address("tickets:tickets") == reverse("tickets:tickets")


def test_addresses_follow_the_table_of_addresses_that_counts() -> None:
    address("home")

    with override_settings(ROOT_URLCONF="accounts.sign_in_urls"), pytest.raises(NoReverseMatch):
        address("home")
