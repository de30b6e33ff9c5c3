"""What any way to an approved platform must keep; each promise is a test that an adapter passes.

A new adapter joins by adding how it is opened to ``ADAPTERS`` in ``test_platforms.py``: the
adapter, and what the other side has received so far, by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from billing.einvoice.platforms.platform import NoDirectory, NotTaken, Parcel, Platform
from billing.models import PlatformStatus

PARCEL = Parcel("F-2026-00001.pdf", b"%PDF-1.7 the invoice")


@dataclass(frozen=True)
class Opened:
    """An adapter with a view on its other side."""

    adapter: Platform
    received: Callable[[], Mapping[str, bytes]]


def hands_over_the_whole_file_under_its_name(opened: Opened) -> None:
    receipt = opened.adapter.deposit(PARCEL)

    assert receipt.reference
    assert opened.received() == {PARCEL.name: PARCEL.content}


def hands_the_same_document_over_once(opened: Opened) -> None:
    first, second = opened.adapter.deposit(PARCEL), opened.adapter.deposit(PARCEL)

    assert first == second
    assert opened.received() == {PARCEL.name: PARCEL.content}


def never_replaces_a_document_by_another(opened: Opened) -> None:
    opened.adapter.deposit(PARCEL)

    with pytest.raises(NotTaken):
        opened.adapter.deposit(Parcel(PARCEL.name, b"something else"))

    assert opened.received() == {PARCEL.name: PARCEL.content}


def keeps_a_name_within_its_place(opened: Opened) -> None:
    opened.adapter.deposit(Parcel("../../F-1.pdf", b"%PDF"))

    assert set(opened.received()) == {"F-1.pdf"}


def tells_known_statuses_of_documents_only(opened: Opened) -> None:
    opened.adapter.deposit(PARCEL)

    for report in opened.adapter.reports():
        assert report.status in PlatformStatus.values
        assert f"{report.number}.pdf" in opened.received()


def looks_up_a_company_or_says_that_it_cannot(opened: Opened) -> None:
    try:
        found = opened.adapter.look_up("900000016")
    except NoDirectory:
        return
    assert found is None or found.siren == "900000016"


CONTRACT = [
    hands_over_the_whole_file_under_its_name,
    hands_the_same_document_over_once,
    never_replaces_a_document_by_another,
    keeps_a_name_within_its_place,
    tells_known_statuses_of_documents_only,
    looks_up_a_company_or_says_that_it_cannot,
]
