"""A desk always has statuses and a board."""

import pytest

from tickets.models import ServiceBoard, TicketStatus
from tickets.operations.set_up_desk import set_up_desk


@pytest.mark.django_db
def test_an_empty_desk_gets_the_usual_statuses_and_a_board() -> None:
    TicketStatus.objects.all().delete()
    ServiceBoard.objects.all().delete()

    set_up_desk()

    codes = TicketStatus.objects.order_by("position").values_list("code", flat=True)
    assert list(codes) == ["new", "in-progress", "waiting", "closed"]
    assert ServiceBoard.objects.get().is_default


@pytest.mark.django_db
def test_what_a_firm_has_made_of_its_desk_stays() -> None:
    TicketStatus.objects.exclude(code="new").delete()
    ServiceBoard.objects.update(name="Field service")

    set_up_desk()

    assert TicketStatus.objects.get().code == "new"
    assert ServiceBoard.objects.get().name == "Field service"
