"""Whoever counts by what contracts promise is told when a contract promises something else."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest

from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.events import promises_changed
from contracts.models import Contract, PlanRevision
from contracts.operations.end_contract import end_contract
from contracts.operations.move_contract import move_contract
from contracts.operations.publish_revision import publish_revision
from contracts.operations.renew_contract import renew_contract
from contracts.operations.revise_plan import revise_plan
from contracts.operations.sell_plan import sell_plan
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.transfer_contract import transfer_contract
from contracts.operations.undo_transfer import undo_transfer
from contracts.tests.factories import PlanLineFactory, published

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY = date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1)
Committed = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


@pytest.fixture
def told() -> Iterator[list[list[int]]]:
    """Collect the clients named, event by event."""
    heard: list[list[int]] = []

    def hear(client_ids: list[int], **_: object) -> None:
        heard.append(client_ids)

    promises_changed.connect(hear)
    yield heard
    promises_changed.disconnect(hear)


@pytest.fixture
def company() -> Client:
    """Who buys."""
    found: Client = ClientFactory.create()
    return found


def sold(company: Client) -> Contract:
    revision: PlanRevision = published(PlanLineFactory().revision)
    return sell_plan(
        revision_id=revision.pk, client_id=company.pk, number="K1", name="Gold", starts_on=MARCH
    )


def test_a_sale_is_told_once_it_is_committed(
    told: list[list[int]], company: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sold(company)
        assert told == []

    assert told == [[company.pk]]


def test_an_end_and_its_withdrawal_are_told(
    told: list[list[int]], company: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    contract = sold(company)

    with django_capture_on_commit_callbacks(execute=True):
        end_contract(contract_id=contract.pk, last_day_on=MAY, reason="Sold the firm")
        end_contract(contract_id=contract.pk, last_day_on=None)

    assert told == [[company.pk], [company.pk]]


def test_another_revision_is_told(
    told: list[list[int]], company: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    contract = sold(company)
    assert contract.plan_revision is not None
    newer = revise_plan(plan_id=contract.plan_revision.plan_id)
    publish_revision(revision_id=newer.pk, published_on=MAY)

    with django_capture_on_commit_callbacks(execute=True):
        move_contract(contract_id=contract.pk, revision_id=newer.pk, effective_on=MAY)

    assert told == [[company.pk]]


def test_a_transfer_and_its_undoing_are_told_to_both(
    told: list[list[int]], company: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    contract, other = sold(company), ClientFactory.create()

    with django_capture_on_commit_callbacks(execute=True):
        new = transfer_contract(
            contract_id=contract.pk, client_id=other.pk, first_day=JULY, number="K2"
        )
        undo_transfer(contract_id=new.pk)

    assert told == [[company.pk, other.pk], [company.pk, other.pk]]


def test_a_renewal_is_told(
    told: list[list[int]], company: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    contract = sold(company)
    set_renewal_terms(
        contract_id=contract.pk, renewal_kind="manual", term_months=2, notice_days=0, today=MARCH
    )

    with django_capture_on_commit_callbacks(execute=True):
        renew_contract(
            contract_id=contract.pk, term_ends_on=date(2026, 4, 30), decided_on=MARCH,
            uplift=Decimal(0),
        )  # fmt: skip

    assert told == [[company.pk]]
