"""Two machines that answer each other: it ends by itself, and every mail is kept."""

import pytest

from clients.models import Contact
from clients.tests.factories import ContactFactory
from tickets.models import CannedReply, InboundMail, OutboundMail, RuleRun, Ticket
from tickets.tests.conftest import NOW
from tickets.tests.factories import MailboxFactory
from tickets.tests.letters import letter, receive
from tickets.tests.test_rules import follow, rule

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def machine() -> Contact:
    """A contact whose mail program answers everything and says in no header that it does."""
    made: Contact = ContactFactory.create(email="camille@client.example")
    return made


def answer_each_other(rounds: int = 20) -> None:
    """Let the machine write once for each mail of ours, every time as if it were a new matter."""
    answered = -1
    for number in range(rounds):
        if OutboundMail.objects.count() == answered:
            return
        answered = OutboundMail.objects.count()
        receive(letter(subject="I am away", message_id=f"<{number}@client.example>"))
        follow(NOW)


def test_a_machine_that_hides_gets_five_confirmations_an_hour(machine: Contact) -> None:
    MailboxFactory.create()

    answer_each_other()

    assert Ticket.objects.count() == 6
    assert OutboundMail.objects.filter(kind="received").count() == 5
    assert set(InboundMail.objects.values_list("state", flat=True)) == {"done"}


def test_a_rule_that_answers_new_tickets_runs_in_no_circle_either(machine: Contact) -> None:
    MailboxFactory.create(acknowledges=False)
    thanks = CannedReply.objects.create(title="Thanks", body="Thank you.")
    rule(("reply", thanks.pk))

    answer_each_other()

    assert (Ticket.objects.count(), OutboundMail.objects.count()) == (6, 5)
    last = RuleRun.objects.order_by("-pk")[0].done[0]
    assert (last["outcome"], last["detail"]) == (
        "failed", "too many automatic answers within the hour",
    )  # fmt: skip
