"""The desk of the demonstration firm: tickets opened, worked on and closed, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import User
from catalog.models import Product
from core.holiday_calendar import HolidayCalendar
from psa.demo.firm import Shop
from psa.demo.parties import Account
from psa.demo.people import Staff
from psa.demo.stories import (
    FIRST_ANSWER,
    FLAT_STORIES,
    INTERNAL_NOTES,
    STORIES,
    WAIVED_REASON,
    Story,
)
from tickets.domain.work import FlatRatePerformed, PartTaken, Pricing, Response, TimeWorked
from tickets.models import BillingMode, Priority, Ticket, TicketStatus
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.operations.respond import respond
from tickets.operations.write_note import write_note

PRIORITIES = (Priority.NORMAL, Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.LOW)
SATURDAY = 5
HOLIDAYS = HolidayCalendar("FR")
NEAR = ("6900", "6910")


@dataclass(slots=True)
class Desk:
    """Who works with what, and the dice."""

    shop: Shop
    staff: Staff
    statuses: dict[str, TicketStatus]
    zone: ZoneInfo
    chance: Random

    def at(self, day: date, hour: int, minute: int) -> datetime:
        """Return a local time of a day."""
        return datetime.combine(day, time(hour, minute), tzinfo=self.zone)

    def solve(self, account: Account, day: date) -> None:
        """Take a call, do the work on the same day, and close the ticket."""
        dice = self.chance.random()
        if dice < 0.12:  # noqa: PLR2004  (one call in eight is a known job)
            self._known_job(account, day)
        else:
            self._repair(account, day, is_free=dice > 0.95)  # noqa: PLR2004  (one in twenty)

    def take_call(self, account: Account, day: date, story: Story, **fields: object) -> Ticket:
        """Open a ticket in the morning of the day."""
        now = self.at(day, self.chance.randint(8, 10), self.chance.randint(0, 59))
        contact = self.chance.choice(account.contacts)
        new = NewTicket(
            client_id=account.client.pk,
            subject=story.subject,
            description=story.request,
            contact_id=contact.pk,
            site_id=contact.site_id,
            asset_id=self.chance.choice(account.assets).pk if account.assets else None,
            category_id=self.shop.categories[story.category].pk,
            **fields,  # type: ignore[arg-type]  # named as NewTicket names them
        )
        return open_ticket(new=new, actor=self.staff.manager, now=now)

    def answer(self, ticket: Ticket, who: User) -> None:
        """Tell the client within minutes that somebody is at it."""
        now = ticket.opened_at + timedelta(minutes=8)
        write_note(ticket_id=ticket.pk, body=FIRST_ANSWER, is_public=True, actor=who, now=now)

    def work(self, ticket: Ticket, who: User, day: date, story: Story, response: Response) -> None:
        """Log an hour or so of the technician's and whatever else is done with it."""
        is_late = self.chance.random() < 0.05  # noqa: PLR2004  (one in twenty runs into the evening)
        hour = 18 if is_late else self.chance.randint(11, 14)
        begin = self.at(day, hour, self.chance.randint(0, 59))
        end = begin + timedelta(minutes=self.chance.randint(6, 125))
        is_billable = self.chance.random() > 0.05  # noqa: PLR2004  (one entry in twenty is a favour)
        entry = TimeWorked(
            work_type_id=self.shop.work[story.work_type].pk,
            started_at=begin,
            ended_at=end,
            note=story.work,
            is_billable=is_billable,
            not_billable_reason="" if is_billable else WAIVED_REASON,
        )
        whole = Response(
            body=response.body,
            is_public=response.is_public,
            time=entry,
            part=response.part,
            flat_rate=response.flat_rate,
            status_id=response.status_id,
        )
        respond(ticket_id=ticket.pk, response=whole, actor=who, now=end + timedelta(minutes=4))

    def _repair(self, account: Account, day: date, *, is_free: bool) -> None:
        story = self.chance.choice(STORIES)
        who = self.chance.choice(self.staff.technicians)
        mode = BillingMode.FREE if is_free else BillingMode.HOURLY
        ticket = self.take_call(
            account, day, story, assignee_id=who.pk, billing_mode=mode,
            priority=self.chance.choice(PRIORITIES),
        )  # fmt: skip
        if self.chance.random() < 0.3:  # noqa: PLR2004  (something the client need not know)
            note = self.chance.choice(INTERNAL_NOTES)
            now = self.at(day, 10, 59)
            write_note(ticket_id=ticket.pk, body=note, is_public=False, actor=who, now=now)
        if ticket.pk % 5:  # one in five hears only when the work is done
            self.answer(ticket, who)
        self._drive_there(account, ticket, who, day, story)
        part = self._part(day) if self.chance.random() < 0.28 else None  # noqa: PLR2004  (a share of the calls)
        closed = self.statuses["closed"].pk
        self.work(ticket, who, day, story, Response(body=story.answer, part=part, status_id=closed))

    def _drive_there(
        self, account: Account, ticket: Ticket, who: User, day: date, story: Story
    ) -> None:
        """Note the journey: at the price of its zone in France, by the minute abroad."""
        if story.work_type != "onsite":
            return
        minutes = self.chance.choice((18, 24, 30, 42))
        drive = TimeWorked(
            work_type_id=self.shop.work["travel"].pk,
            minutes=minutes,
            worked_on=day,
            pricing=Pricing(travel_zone_id=self._zone_of(account)),
        )
        respond(
            ticket_id=ticket.pk, response=Response(time=drive), actor=who, now=self.at(day, 11, 0)
        )

    def _zone_of(self, account: Account) -> int | None:
        company = account.company
        if company.country != "FR":
            return None
        if company.postcode.startswith(NEAR):
            return self.shop.zones["near"].pk
        return self.shop.zones["around" if company.postcode.startswith("69") else "far"].pk

    def _known_job(self, account: Account, day: date) -> None:
        service = self.chance.choices(self.shop.flat_rates, weights=(5, 6, 2, 1))[0]
        subject, request = FLAT_STORIES[service.code]
        story = Story(subject, request, "C'est fait, tout est en ordre.", service.name, 1)
        who = self.chance.choice(self.staff.technicians)
        ticket = self.take_call(account, day, story, assignee_id=who.pk)
        done = Response(
            body=story.answer,
            flat_rate=FlatRatePerformed(product_id=service.pk),
            status_id=self.statuses["closed"].pk,
        )
        self.work(ticket, who, day, story, done)

    def _part(self, day: date) -> PartTaken:
        product: Product = self.chance.choice(self.shop.parts)
        quantity = self.chance.randint(8, 40) if product.code == "RJ45" else 1
        return PartTaken(used_on=day, product_id=product.pk, quantity=Decimal(quantity))


def working_days(first: date, end: date) -> list[date]:
    """Return the days on which the firm works from ``first`` up to, but without, ``end``."""
    days = [first + timedelta(days=n) for n in range((end - first).days)]
    holidays = HOLIDAYS.dates({day.year for day in days})
    return [day for day in days if day.weekday() < SATURDAY and day not in holidays]
