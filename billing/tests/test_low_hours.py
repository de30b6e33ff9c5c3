"""Hours that run low: told before saving, on the client's page, and once by mail."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from billing.forecast import Forecast, WorkAsked, forecast_time
from billing.hours import ENOUGH, LOW, USED_UP, WANTING
from billing.models import LowHours, OutboxMessage, OutboxState, Reader
from billing.operations.deliver_message import deliver_message
from billing.operations.warn_of_low_hours import warn_of_low_hours
from billing.queries.low_hours import clients_to_warn
from billing.tests.drawn import drawn
from billing.tests.firm import open_firm
from clients.models import Client, LowHoursReaders
from clients.tests.factories import ClientFactory
from contracts.models import Allowance, PrepaidBlock
from contracts.tests.factories import AllowanceFactory, CoverageRuleFactory, PrepaidBlockFactory
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 10, tzinfo=UTC)
APRIL_1, MARCH_12 = date(2026, 4, 1), date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOW, tick=False):
        open_firm()
        yield


@pytest.fixture
def client(accountant: User) -> Client:
    """Reads French; both sides are told; the account manager reads English."""
    accountant.language = "en"
    accountant.save(update_fields=["language"])
    found: Client = ClientFactory.create(
        name="Garage Delorme", language="fr", invoice_email="compta@delorme.example",
        account_manager=accountant, low_hours_readers=LowHoursReaders.BOTH,
    )  # fmt: skip
    return found


@pytest.fixture
def block(client: Client) -> PrepaidBlock:
    """Ten hours with a warning at two, of which eight and a half are used."""
    found: PrepaidBlock = PrepaidBlockFactory.create(client=client, low_balance=Decimal(120))
    drawn(found, 510, MARCH_12)
    return found


def warn(client: Client, today: date = APRIL_1) -> list[LowHours]:
    return warn_of_low_hours(client_ids=[client.pk], today=today)


def deliver(reader: Reader) -> Any:
    message = OutboxMessage.objects.get(reader=reader)
    deliver_message(message_id=message.pk, now=NOW)
    message.refresh_from_db()
    return message


def test_a_block_is_told_to_both_sides_once(client: Client, block: PrepaidBlock) -> None:
    first, second = warn(client), warn(client)

    assert [(low.prepaid_block, low.left, low.level) for low in first] == [(block, 90, 120)]
    assert second == []
    assert sorted(OutboxMessage.objects.values_list("reader", flat=True)) == ["client", "manager"]


def test_another_level_is_told_again(client: Client, block: PrepaidBlock) -> None:
    warn(client)
    PrepaidBlock.objects.update(low_balance=Decimal(100))

    assert [low.level for low in warn(client)] == [100]
    assert OutboxMessage.objects.count() == 4


def test_above_its_level_nothing_is_told(client: Client, block: PrepaidBlock) -> None:
    PrepaidBlock.objects.update(low_balance=Decimal(89))

    assert warn(client) == []
    assert not OutboxMessage.objects.exists()


def test_an_allowance_is_told_once_a_month(client: Client) -> None:
    allowance: Allowance = AllowanceFactory.create(
        contract__client=client, minutes=600, low_balance_minutes=60, starts_on=date(2026, 3, 1)
    )
    drawn(allowance, 540, MARCH_12)
    drawn(allowance, 600, APRIL_1)

    told = [warn(client, day) for day in (date(2026, 3, 20), date(2026, 3, 31), APRIL_1, APRIL_1)]

    months = [[(low.month_on, low.left) for low in one] for one in told]
    assert months == [[(date(2026, 3, 1), 60)], [], [(date(2026, 4, 1), 0)], []]


def test_the_clients_mail_is_in_their_language_and_leads_to_their_portal(
    client: Client, block: PrepaidBlock
) -> None:
    warn(client)

    message = deliver(Reader.CLIENT)

    [sent] = mail.outbox
    assert message.state == OutboxState.DONE
    assert sent.to == ["compta@delorme.example"]
    assert sent.subject == f"{block.name}\u00a0: il reste 1 h 30"
    assert "le seuil convenu de 2 h" in sent.body
    assert reverse("portal:block", args=[block.pk]) in sent.body


def test_the_account_managers_mail_names_the_client_in_the_managers_language(
    client: Client, block: PrepaidBlock
) -> None:
    warn(client)

    deliver(Reader.MANAGER)

    [sent] = mail.outbox
    assert sent.to == ["accountant@firm.example"]
    assert sent.subject == "Garage Delorme: 1 h 30 left"
    assert f"of “{block.name}” of Garage Delorme 1 h 30 are left." in sent.body
    assert reverse("billing:block", args=[block.pk]) in sent.body


def test_a_client_without_an_address_shows_in_the_outbox(
    client: Client, block: PrepaidBlock
) -> None:
    Client.objects.update(invoice_email="")
    warn(client)

    message = deliver(Reader.CLIENT)

    assert message.state == OutboxState.FAILED
    assert message.last_error == "Garage Delorme has no e-mail address for invoices."
    assert not mail.outbox


@pytest.mark.parametrize(
    ("readers", "manager", "expected"),
    [
        ("manager", "there", ["manager"]),
        ("manager", "gone", []),
        ("client", "there", ["client"]),
        ("both", "gone", ["client"]),
        ("nobody", "there", []),
    ],
)
def test_whoever_is_set_is_told(
    readers: str, manager: str, expected: list[str], client: Client, block: PrepaidBlock
) -> None:
    Client.objects.update(low_hours_readers=readers)
    if manager == "gone":
        Client.objects.update(account_manager=None)

    warn(client)

    assert list(OutboxMessage.objects.values_list("reader", flat=True)) == expected


def test_only_clients_with_a_level_in_use_are_looked_at(
    client: Client, block: PrepaidBlock
) -> None:
    PrepaidBlockFactory.create()
    over = PrepaidBlockFactory.create(low_balance=1, last_day_on=date(2026, 3, 31))
    nobody = PrepaidBlockFactory.create(low_balance=1, client__low_hours_readers="nobody")

    assert over.client_id != nobody.client_id
    assert clients_to_warn(APRIL_1) == [client.pk]


def asked(client: Client, minutes: int) -> Forecast:
    """Ask what so many minutes of remote work would leave of ten hours with a warning at two."""
    rule = CoverageRuleFactory.create(contract__client=client)
    AllowanceFactory.create(contract=rule.contract, minutes=600, low_balance_minutes=120)
    ticket = TicketFactory.create(client=client)
    kind = rule.work_type.pk
    work = WorkAsked(ticket_id=ticket.pk, work_type_id=kind, minutes=minutes, worked_on=APRIL_1)
    return forecast_time(work)


def test_before_saving_the_sentence_says_that_little_is_left(client: Client) -> None:
    forecast = asked(client, 480)

    assert (forecast.left, forecast.low) == (
        "2 h",
        "that is not above the warning level of 2 h",
    )


def test_before_saving_nothing_is_said_while_enough_is_left(client: Client) -> None:
    forecast = asked(client, 465)

    assert (forecast.left, forecast.low) == ("2 h 15", "")


def test_before_saving_the_page_shows_the_warning(client: Client, as_technician: Browser) -> None:
    PrepaidBlockFactory.create(client=client, low_balance=Decimal(540), tops_up=True)
    ticket = TicketFactory.create(client=client)
    kind = CoverageRuleFactory.create().work_type
    question = {
        "ticket": ticket.pk, "work_type": kind.pk, "minutes": 90, "worked_on": "2026-04-01",
        "is_billable": 1,
    }  # fmt: skip

    page = as_technician.get(reverse("billing:forecast-time"), question).content.decode()

    assert "8 h 30 left after this" in page
    assert "that is not above 9 h, so another block is sold" in page


def test_the_clients_page_says_which_hours_run_low(
    client: Client, block: PrepaidBlock, as_accountant: Browser
) -> None:
    page = as_accountant.get(reverse("billing:hours-of-client", args=[client.pk]))

    assert f"{block.name}: 1 h 30 left, the warning level is 2 h" in page.content.decode()


def test_the_outbox_lists_warnings_beside_invoices(
    client: Client, block: PrepaidBlock, as_accountant: Browser
) -> None:
    warn(client)

    page = as_accountant.get(reverse("billing:outbox"), {"q": "Delorme"}).content.decode()

    assert "warning of low hours" in page
    assert block.get_absolute_url() in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_hours_that_run_low_do_so_in_every_language(language: str) -> None:
    with translation.override(language):
        assert [one.code for one in (LOW, USED_UP, ENOUGH) if one in WANTING] == ["low", "used_up"]
