"""Tickets and the work on them, made for tests: plain rows, without the desk's guards.

Status "new", "in-progress", "waiting" and "closed" and the board "Service desk" are there from the
first migration on.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from accounts.tests.factories import UserFactory
from catalog.models import Category
from catalog.tests.factories import ProductFactory, WorkTypeFactory
from clients.tests.factories import ClientFactory
from tickets.models import (
    Appointment,
    Attachment,
    AutomationRule,
    BillingMode,
    FlatRateItem,
    InboundMail,
    Leave,
    Mailbox,
    MaintenancePlan,
    Note,
    OutboundMail,
    PartUsed,
    Rating,
    ServiceBoard,
    Skill,
    Tag,
    TechnicianGroup,
    Ticket,
    TicketStatus,
    TimeEntry,
    Timer,
    TimesheetDay,
)


class ServiceBoardFactory(factory.django.DjangoModelFactory[ServiceBoard]):
    """The board that new tickets go to; another where a name is given."""

    class Meta:
        model = ServiceBoard
        django_get_or_create = ("name",)

    name = "Service desk"


class TicketStatusFactory(factory.django.DjangoModelFactory[TicketStatus]):
    """The status of a new ticket; the other ones by their code."""

    class Meta:
        model = TicketStatus
        django_get_or_create = ("code",)

    code = "new"
    name = "New"
    kind = "active"


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    """What tickets are about."""

    class Meta:
        model = Category
        django_get_or_create = ("name",)

    name = "Mail"


class TicketFactory(factory.django.DjangoModelFactory[Ticket]):
    """An open ticket, billed by the hour; ``closed=True`` for one closed on 20 March 2026."""

    class Meta:
        model = Ticket

    class Params:
        closed = factory.Trait(
            status=factory.SubFactory(
                TicketStatusFactory, code="closed", name="Closed", kind="closed"
            ),
            closed_at=datetime(2026, 3, 20, 15, tzinfo=UTC),
        )
        flat_rate = factory.Trait(billing_mode=BillingMode.FLAT_RATE)
        free = factory.Trait(billing_mode=BillingMode.FREE)

    client = factory.SubFactory(ClientFactory)
    number = factory.Sequence(lambda n: f"T9{n + 1:05d}")
    board = factory.SubFactory(ServiceBoardFactory)
    status = factory.SubFactory(TicketStatusFactory)
    subject = "Laptop does not start"
    opened_at = datetime(2026, 3, 10, 8, tzinfo=UTC)


class NoteFactory(factory.django.DjangoModelFactory[Note]):
    """A public reply; ``is_public=False`` for an internal note."""

    class Meta:
        model = Note

    ticket = factory.SubFactory(TicketFactory)
    author = factory.SubFactory(UserFactory)
    body = "We are on it."
    written_at = datetime(2026, 3, 10, 9, tzinfo=UTC)


class AttachmentFactory(factory.django.DjangoModelFactory[Attachment]):
    """A small text file of a public reply."""

    class Meta:
        model = Attachment

    note = factory.SubFactory(NoteFactory)
    ticket = factory.SelfAttribute("note.ticket")
    file = factory.django.FileField(data=b"It says 0x80070005.", filename="error.txt")
    name = "error.txt"
    content_type = "application/octet-stream"
    size = 19
    sha256 = "0" * 64
    added_at = datetime(2026, 3, 10, 9, tzinfo=UTC)


class TimeEntryFactory(factory.django.DjangoModelFactory[TimeEntry]):
    """Thirty minutes on 10 March 2026, billable."""

    class Meta:
        model = TimeEntry

    ticket = factory.SubFactory(TicketFactory)
    technician = factory.SubFactory(UserFactory)
    work_type = factory.SubFactory(WorkTypeFactory)
    minutes = 30
    worked_on = date(2026, 3, 10)


class TimerFactory(factory.django.DjangoModelFactory[Timer]):
    """A parked timer that measured 09:00 to 09:30 in Paris on 10 March 2026."""

    class Meta:
        model = Timer

    class Params:
        running = factory.Trait(stretches=[], running_since=datetime(2026, 3, 10, 8, tzinfo=UTC))

    person = factory.SubFactory(UserFactory)
    ticket = factory.SubFactory(TicketFactory)
    stretches = [[datetime(2026, 3, 10, 8, tzinfo=UTC), datetime(2026, 3, 10, 8, 30, tzinfo=UTC)]]
    begun_at = datetime(2026, 3, 10, 8, tzinfo=UTC)


class TimesheetDayFactory(factory.django.DjangoModelFactory[TimesheetDay]):
    """10 March 2026, handed in that evening."""

    class Meta:
        model = TimesheetDay

    person = factory.SubFactory(UserFactory)
    day = date(2026, 3, 10)
    status = "submitted"
    submitted_at = datetime(2026, 3, 10, 17, tzinfo=UTC)


class AppointmentFactory(factory.django.DjangoModelFactory[Appointment]):
    """From 10:00 to 11:00 in Paris on Tuesday 31 March 2026."""

    class Meta:
        model = Appointment

    ticket = factory.SubFactory(TicketFactory)
    technician = factory.SubFactory(UserFactory, role="technician")
    starts_at = datetime(2026, 3, 31, 8, tzinfo=UTC)
    ends_at = datetime(2026, 3, 31, 9, tzinfo=UTC)
    changed_at = datetime(2026, 3, 30, 9, tzinfo=UTC)


class LeaveFactory(factory.django.DjangoModelFactory[Leave]):
    """The whole Wednesday 1 April 2026 in Paris."""

    class Meta:
        model = Leave

    person = factory.SubFactory(UserFactory, role="technician")
    starts_at = datetime(2026, 3, 31, 22, tzinfo=UTC)
    ends_at = datetime(2026, 4, 1, 22, tzinfo=UTC)
    reason = "Holiday"


class MaintenancePlanFactory(factory.django.DjangoModelFactory[MaintenancePlan]):
    """A look at the backup every Tuesday from 3 March 2026 on, a week ahead."""

    class Meta:
        model = MaintenancePlan

    client = factory.SubFactory(ClientFactory)
    name = "Check the backup"
    board = factory.SubFactory(ServiceBoardFactory)
    first_on = date(2026, 3, 3)
    rule = "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    lead_days = 7
    active_from_on = date(2026, 3, 1)


class PartUsedFactory(factory.django.DjangoModelFactory[PartUsed]):
    """One memory module at 48.00 on 10 March 2026."""

    class Meta:
        model = PartUsed

    ticket = factory.SubFactory(TicketFactory)
    product = factory.SubFactory(ProductFactory)
    reference = factory.SelfAttribute("product.code")
    description = factory.SelfAttribute("product.name")
    quantity = Decimal("1.0000")
    unit_price = factory.SelfAttribute("product.price")
    unit_cost = factory.SelfAttribute("product.cost")
    used_on = date(2026, 3, 10)


class FlatRateItemFactory(factory.django.DjangoModelFactory[FlatRateItem]):
    """A virus removed at the flat rate of 149.00."""

    class Meta:
        model = FlatRateItem

    ticket = factory.SubFactory(TicketFactory, flat_rate=True)
    product = factory.SubFactory(ProductFactory, flat_rate=True)
    description = factory.SelfAttribute("product.name")
    quantity = Decimal("1.0000")
    price = factory.SelfAttribute("product.price")


class MailboxFactory(factory.django.DjangoModelFactory[Mailbox]):
    """The address of the board for new tickets; mails are piped in."""

    class Meta:
        model = Mailbox
        django_get_or_create = ("board",)

    board = factory.SubFactory(ServiceBoardFactory)
    address = "support@firm.example"


class InboundMailFactory(factory.django.DjangoModelFactory[InboundMail]):
    """A mail of a stranger's that waits to be sorted."""

    class Meta:
        model = InboundMail

    key = factory.Sequence(lambda n: f"factory:{n}")
    raw = (
        b"From: Sam <sam@stranger.example>\nTo: support@firm.example\n"
        b"Subject: Hello\nMessage-ID: <hello@stranger.example>\n\nCan you help me?\n"
    )
    size = 135
    received_at = datetime(2026, 3, 10, 9, tzinfo=UTC)
    state = "triage"
    reason = "unknown_sender"
    sender = "sam@stranger.example"
    sender_name = "Sam"
    subject = "Hello"


class OutboundMailFactory(factory.django.DjangoModelFactory[OutboundMail]):
    """A reply that waits to be sent."""

    class Meta:
        model = OutboundMail

    note = factory.SubFactory(NoteFactory)
    ticket = factory.SelfAttribute("note.ticket")
    mailbox = factory.SubFactory(MailboxFactory)
    key = factory.Sequence(lambda n: f"reply:f{n}")
    kind = "reply"
    recipients = factory.LazyFunction(lambda: ["camille@client.example"])
    message_id = factory.Sequence(lambda n: f"ticket-{n}@firm.example")


class RatingFactory(factory.django.DjangoModelFactory[Rating]):
    """A client who was content."""

    class Meta:
        model = Rating

    ticket = factory.SubFactory(TicketFactory, closed=True)
    score = 3
    channel = "mail"
    given_at = datetime(2026, 3, 21, 9, tzinfo=UTC)


class AutomationRuleFactory(factory.django.DjangoModelFactory[AutomationRule]):
    """A rule, on since 1 March 2026, that makes new tickets urgent."""

    class Meta:
        model = AutomationRule

    name = factory.Sequence(lambda n: f"Rule {n + 1}")
    position = factory.Sequence(lambda n: n + 1)
    since = datetime(2026, 3, 1, tzinfo=UTC)
    when = "created"
    actions = factory.LazyFunction(lambda: [{"verb": "priority", "value": "1_urgent"}])


class SkillFactory(factory.django.DjangoModelFactory[Skill]):
    """Something that technicians know."""

    class Meta:
        model = Skill
        django_get_or_create = ("name",)

    name = "Networks"


class TagFactory(factory.django.DjangoModelFactory[Tag]):
    """A word on tickets."""

    class Meta:
        model = Tag
        django_get_or_create = ("name",)

    name = "vip"


class TechnicianGroupFactory(factory.django.DjangoModelFactory[TechnicianGroup]):
    """People among whom tickets are shared out."""

    class Meta:
        model = TechnicianGroup
        django_get_or_create = ("name",)

    name = "First line"
