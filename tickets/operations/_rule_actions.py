"""What rules can do to a ticket; within the transaction of the run, with the ticket locked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Category
from clients.models import LegalEntity
from core.doorbell import ring
from tickets.domain.choosing import SkillAsked
from tickets.domain.placeholders import fill
from tickets.domain.promises import next_working_moment
from tickets.domain.rules import Action, Verb
from tickets.models import (
    ActionOutcome,
    ActionReason,
    CannedReply,
    ChecklistItem,
    FollowSource,
    Note,
    NoteSource,
    Priority,
    RuleNotice,
    RuleRun,
    ServiceBoard,
    Tag,
    Ticket,
    TicketStatus,
    TicketTag,
)
from tickets.operations._choosing import (
    Choice,
    choose_by_skill,
    choose_in_turn,
    choose_least_loaded,
)
from tickets.operations._clock import keep_clock
from tickets.operations._followers import follow
from tickets.operations._mails_out import mailbox_of, queue_reply
from tickets.operations._news import tell_news
from tickets.operations._occurrences import note_change
from tickets.operations._tickets import step_to
from tickets.operations._working_hours import working_hours
from tickets.queries.mails import may_be_machine, readers_of
from tickets.queries.merged import merge_of
from tickets.refusals import NotToFollow

NOTICES = "tickets.rule_tasks.deliver_notices"


@dataclass(frozen=True, slots=True)
class Result:
    """How an action got on, and about whom or what it turned out to be."""

    outcome: ActionOutcome = ActionOutcome.DONE
    reason: ActionReason = ActionReason.NONE
    detail: str = ""


def skipped(reason: ActionReason) -> Result:
    """Return that there was nothing to do."""
    return Result(ActionOutcome.SKIPPED, reason)


def failed(reason: ActionReason, detail: str = "") -> Result:
    """Return that it could not be done."""
    return Result(ActionOutcome.FAILED, reason, detail)


def perform(action: Action, ticket: Ticket, run: RuleRun, now: datetime) -> Result:
    """Do one thing to the ticket."""
    return _PERFORMERS[action.verb](action.value, ticket, run, now)


def _row(model: Any, value: str) -> Any:  # noqa: ANN401  (a row of whichever model)
    return model.objects.filter(pk=value).first() if value.isdecimal() else None


def _set_status(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    status = _row(TicketStatus, value)
    if status is None:
        return failed(ActionReason.GONE)
    if status.pk == ticket.status_id:
        return skipped(ActionReason.SAME)
    if merge_of(ticket) is not None:
        return skipped(ActionReason.MERGED)
    step_to(ticket, status, None, now)
    return Result()


def _set_priority(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    if value not in Priority.values:
        return failed(ActionReason.GONE)
    return _set(ticket, "priority", value, now)


def _set_board(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    board = _row(ServiceBoard, value)
    return failed(ActionReason.GONE) if board is None else _set(ticket, "board", board, now)


def _set_category(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    row = _row(Category, value)
    return failed(ActionReason.GONE) if row is None else _set(ticket, "category", row, now)


def _set(ticket: Ticket, name: str, value: object, now: datetime) -> Result:
    """Write one property; what was promised until now is judged before it changes."""
    if getattr(ticket, name) == value:
        return skipped(ActionReason.SAME)
    keep_clock(ticket, now)
    setattr(ticket, name, value)
    ticket.save(update_fields=[name])
    keep_clock(ticket, now)
    note_change(ticket, now, name)
    return Result()


def _assign(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    if not value.isdecimal():
        return failed(ActionReason.GONE)
    return _give(Choice(int(value)), ticket, now)


def _assign_in_turn(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    return _give(choose_in_turn(_number(value), now), ticket, now)


def _assign_least_loaded(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    return _give(choose_least_loaded(_number(value), now), ticket, now)


def _assign_by_skill(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    return _give(choose_by_skill(ticket, SkillAsked.read(value), now), ticket, now)


def _give(choice: Choice, ticket: Ticket, now: datetime) -> Result:
    if choice.person_id is None:
        return failed(choice.reason)
    person = User.objects.staff().filter(pk=choice.person_id).first()
    if person is None:
        return failed(ActionReason.NOT_ACTIVE)
    result = _set(ticket, "assignee", person, now)
    return Result(result.outcome, result.reason, str(person))


def _add_tag(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    tag = _row(Tag, value)
    if tag is None:
        return failed(ActionReason.GONE)
    _row_of, is_new = TicketTag.objects.get_or_create(ticket=ticket, tag=tag)
    if not is_new:
        return skipped(ActionReason.SAME)
    note_change(ticket, now, "tag")
    return Result()


def _add_note(value: str, ticket: Ticket, run: RuleRun, now: datetime) -> Result:
    _write(ticket, value, run.rule_name, now, is_public=False)
    return Result()


def _send_reply(value: str, ticket: Ticket, run: RuleRun, now: datetime) -> Result:
    """Answer the client, once for a ticket; an answer of theirs can set off no second one."""
    reply = _row(CannedReply, value)
    if reply is None:
        return failed(ActionReason.GONE)
    if _was_sent(reply.pk, ticket, run):
        return skipped(ActionReason.SENT_BEFORE)
    if may_be_machine(ticket, now):
        return failed(ActionReason.REFUSED, _("too many automatic answers within the hour"))
    firm = LegalEntity.objects.current().name
    note = _write(ticket, fill(reply.body, _places(ticket, firm)), firm, now, is_public=True)
    queue_reply(note, ticket)
    has_address = mailbox_of(ticket) is not None and bool(readers_of(ticket))
    return Result(reason=ActionReason.NONE if has_address else ActionReason.NO_ADDRESS)


def _was_sent(reply_pk: int, ticket: Ticket, run: RuleRun) -> bool:
    sent = {"verb": Verb.REPLY, "value": str(reply_pk), "outcome": ActionOutcome.DONE}
    earlier = RuleRun.objects.filter(ticket=ticket, done__contains=[sent])
    return earlier.exclude(pk=run.pk).exists()


def _places(ticket: Ticket, firm: str) -> dict[str, str]:
    contact = ticket.contact
    return {
        "contact": str(contact) if contact else ticket.client.name,
        "first_name": contact.first_name if contact else ticket.client.name,
        "client": ticket.client.name,
        "ticket": ticket.number,
        "subject": ticket.subject,
        "technician": str(ticket.assignee) if ticket.assignee else firm,
        "firm": firm,
    }


def _write(ticket: Ticket, body: str, writer: str, now: datetime, *, is_public: bool) -> Note:
    tell_news(ticket)
    return Note.objects.create(
        ticket=ticket,
        body=body,
        sender=writer,
        is_public=is_public,
        is_automatic=True,
        source=NoteSource.RULE,
        written_at=now,
    )


def _notify(value: str, _ticket: Ticket, run: RuleRun, now: datetime) -> Result:
    return _tell([one for one in [_row(User, value)] if one is not None], run, now)


def _notify_role(value: str, _ticket: Ticket, run: RuleRun, now: datetime) -> Result:
    if not Group.objects.filter(pk=_number(value)).exists():
        return failed(ActionReason.GONE)
    people = User.objects.staff().filter(groups=_number(value))
    return _tell(list(people.order_by("pk")), run, now)


def _tell(people: list[User], run: RuleRun, now: datetime) -> Result:
    """Write a notice to each; it goes out in the firm's working hours."""
    told = [one for one in people if one.is_active and one.is_firm_staff and one.email]
    if not told:
        return failed(ActionReason.NOBODY_TO_TELL)
    due_at = next_working_moment(working_hours(None, now), now)
    RuleNotice.objects.bulk_create(
        [
            RuleNotice(key=f"rule:{run.pk}:{one.pk}", run=run, person=one, due_at=due_at)
            for one in told
        ],
        ignore_conflicts=True,
    )
    ring(NOTICES)
    return Result(detail=", ".join(map(str, told)))


def _let_follow(value: str, ticket: Ticket, _run: RuleRun, now: datetime) -> Result:
    """Let one of the firm's people follow, who finds the ticket unread and gets a mail of it."""
    person = User.objects.staff().filter(pk=_number(value)).first()
    if person is None:
        return failed(ActionReason.NOT_ACTIVE)
    if merge_of(ticket) is not None:
        return skipped(ActionReason.MERGED)
    try:
        _row_of, is_new = follow(ticket, person, source=FollowSource.RULE, added_by=None, now=now)
    except NotToFollow as refusal:
        return failed(ActionReason.REFUSED, str(refusal))
    return Result(detail=str(person)) if is_new else skipped(ActionReason.SAME)


def _add_checklist(value: str, ticket: Ticket, _run: RuleRun, _now: datetime) -> Result:
    there = set(ticket.checklist.values_list("text", flat=True))
    points = [line.strip() for line in value.splitlines() if line.strip()]
    new = [one for one in dict.fromkeys(points) if one not in there]
    if not new:
        return skipped(ActionReason.SAME)
    last = ticket.checklist.aggregate(last=Max("position"))["last"] or 0
    ChecklistItem.objects.bulk_create(
        ChecklistItem(ticket=ticket, text=text, position=last + place)
        for place, text in enumerate(new, start=1)
    )
    return Result()


def _number(value: str) -> int:
    return int(value) if value.isdecimal() else 0


_PERFORMERS: dict[Verb, Callable[[str, Ticket, RuleRun, datetime], Result]] = {
    Verb.STATUS: _set_status,
    Verb.PRIORITY: _set_priority,
    Verb.BOARD: _set_board,
    Verb.CATEGORY: _set_category,
    Verb.ASSIGN: _assign,
    Verb.IN_TURN: _assign_in_turn,
    Verb.LEAST_LOADED: _assign_least_loaded,
    Verb.BY_SKILL: _assign_by_skill,
    Verb.TAG: _add_tag,
    Verb.NOTE: _add_note,
    Verb.REPLY: _send_reply,
    Verb.NOTIFY: _notify,
    Verb.NOTIFY_ROLE: _notify_role,
    Verb.FOLLOW: _let_follow,
    Verb.CHECKLIST: _add_checklist,
}
