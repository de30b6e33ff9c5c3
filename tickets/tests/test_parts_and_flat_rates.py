"""Parts that were used and flat-rate services that were performed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from catalog.tests.factories import ProductFactory
from tickets.domain.work import FlatRatePerformed, PartTaken
from tickets.models import BillingMode, PartUsed, Ticket
from tickets.operations.edit_flat_rate import edit_flat_rate
from tickets.operations.edit_part import edit_part
from tickets.operations.perform_flat_rate import perform_flat_rate
from tickets.operations.remove_flat_rate import remove_flat_rate
from tickets.operations.remove_part import remove_part
from tickets.operations.use_part import use_part
from tickets.refusals import PriceNegative, ProductNotOnSale, Refusal, TicketClosed
from tickets.tests.conftest import NOW
from tickets.tests.factories import FlatRateItemFactory, PartUsedFactory, TicketFactory

TODAY = date(2026, 3, 31)


def test_a_catalog_part_brings_its_name_price_and_cost(ticket: Ticket, technician: User) -> None:
    memory = ProductFactory.create(tax_code="reduced")

    part = use_part(
        ticket_id=ticket.pk,
        part=PartTaken(product_id=memory.pk, quantity=Decimal(2), used_on=TODAY),
        actor=technician,
        now=NOW,
    )

    part.refresh_from_db()
    assert (part.description, part.reference, part.tax_code) == (
        memory.name,
        memory.code,
        "reduced",
    )
    assert (part.quantity, part.unit_price, part.unit_cost) == (
        Decimal(2),
        Decimal(48),
        Decimal(31),
    )


def test_name_and_price_of_a_catalog_part_can_be_given(ticket: Ticket, technician: User) -> None:
    memory = ProductFactory.create()
    taken = PartTaken(
        product_id=memory.pk, description="Memory, used", unit_price=Decimal("20.5"), used_on=TODAY
    )

    part = use_part(ticket_id=ticket.pk, part=taken, actor=technician, now=NOW)

    assert (part.description, part.unit_price) == ("Memory, used", Decimal("20.5"))


def test_a_part_in_ones_own_words_has_no_cost(ticket: Ticket, technician: User) -> None:
    taken = PartTaken(description="Cable 3 m", unit_price=Decimal("6.90"), used_on=TODAY)

    part = use_part(ticket_id=ticket.pk, part=taken, actor=technician, now=NOW)

    assert (part.product, part.reference, part.unit_cost) == (None, "", None)
    assert part.unit_price == Decimal("6.90")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": ""}, "description"),
        ({"unit_price": None}, "unit_price"),
        ({"unit_price": Decimal(-1)}, "unit_price"),
        ({"quantity": Decimal(0)}, "quantity"),
        ({"used_on": date(2026, 4, 1)}, "used_on"),
        ({"product_id": 0}, "product"),
    ],
)
def test_an_impossible_part_is_refused(
    ticket: Ticket, technician: User, change: dict[str, object], field: str
) -> None:
    good = PartTaken(description="Cable", unit_price=Decimal(5), used_on=TODAY)

    with pytest.raises(Refusal) as refused:
        use_part(
            ticket_id=ticket.pk,
            part=replace(good, **change),  # type: ignore[arg-type]  # named as the value names them
            actor=technician,
            now=NOW,
        )

    assert refused.value.field == field
    assert not PartUsed.objects.exists()


def test_a_flat_rate_service_is_no_part(ticket: Ticket, technician: User) -> None:
    service = ProductFactory.create(flat_rate=True)

    with pytest.raises(ProductNotOnSale):
        use_part(
            ticket_id=ticket.pk,
            part=PartTaken(product_id=service.pk, used_on=TODAY),
            actor=technician,
            now=NOW,
        )


def test_a_correction_keeps_the_price_that_was_agreed(ticket: Ticket, technician: User) -> None:
    part = PartUsedFactory.create(ticket=ticket, unit_price=Decimal("40.0000"))
    taken = PartTaken(product_id=part.product_id, quantity=Decimal(3), used_on=TODAY)

    edited = edit_part(part_id=part.pk, part=taken, actor=technician, now=NOW)

    edited.refresh_from_db()
    assert (edited.quantity, edited.unit_price, edited.used_on) == (Decimal(3), Decimal(40), TODAY)


def test_a_part_is_taken_back(ticket: Ticket, technician: User) -> None:
    part = PartUsedFactory.create(ticket=ticket)

    remove_part(part_id=part.pk, actor=technician)

    assert not PartUsed.objects.exists()


@pytest.mark.parametrize(
    ("includes_time", "mode"), [(True, BillingMode.FLAT_RATE), (False, BillingMode.HOURLY)]
)
def test_a_flat_rate_that_includes_the_time_changes_how_the_ticket_is_billed(
    ticket: Ticket, technician: User, *, includes_time: bool, mode: str
) -> None:
    service = ProductFactory.create(flat_rate=True)
    performed = FlatRatePerformed(product_id=service.pk, includes_time=includes_time)

    item = perform_flat_rate(ticket_id=ticket.pk, performed=performed, actor=technician)

    ticket.refresh_from_db()
    assert (item.description, item.price, item.quantity) == (service.name, Decimal(149), Decimal(1))
    assert ticket.billing_mode == mode


def test_a_closed_ticket_takes_no_flat_rate(technician: User) -> None:
    closed = TicketFactory.create(closed=True)
    service = ProductFactory.create(flat_rate=True)

    with pytest.raises(TicketClosed):
        perform_flat_rate(
            ticket_id=closed.pk,
            performed=FlatRatePerformed(product_id=service.pk),
            actor=technician,
        )


def test_price_and_quantity_of_a_flat_rate_are_corrected(technician: User) -> None:
    item = FlatRateItemFactory.create()

    edit_flat_rate(item_id=item.pk, quantity=Decimal(2), price=Decimal("99.90"), actor=technician)

    item.refresh_from_db()
    assert (item.quantity, item.price) == (Decimal(2), Decimal("99.90"))


def test_a_flat_rate_below_nothing_is_refused(technician: User) -> None:
    item = FlatRateItemFactory.create()

    with pytest.raises(PriceNegative):
        edit_flat_rate(item_id=item.pk, quantity=Decimal(1), price=Decimal(-1), actor=technician)


def test_without_its_last_flat_rate_a_ticket_is_billed_by_the_hour_again(technician: User) -> None:
    item = FlatRateItemFactory.create()

    remove_flat_rate(item_id=item.pk, actor=technician)

    assert Ticket.objects.get(pk=item.ticket_id).billing_mode == BillingMode.HOURLY
