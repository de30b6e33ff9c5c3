"""Choosing who gets a ticket; within the transaction that gives it, so that no turn is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count

from accounts.models import User
from tickets.domain.choosing import (
    Candidate,
    Need,
    SkillAsked,
    least_loaded,
    next_in_turn,
    skilled,
)
from tickets.models import (
    ActionReason,
    CategorySkill,
    GroupMember,
    PersonSkill,
    TechnicianGroup,
    Ticket,
)
from tickets.queries.availability import people_at_work

ONE_CHOICE_AT_A_TIME = 7_340_021
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen, or why nobody."""

    person_id: int | None
    reason: ActionReason = ActionReason.NONE


def choose_in_turn(group_id: int, now: datetime) -> Choice:
    """Take the next turn of a group: two tickets at once go to two people."""
    _one_at_a_time()
    if not TechnicianGroup.objects.filter(pk=group_id).exists():
        return Choice(None, ActionReason.GONE)
    members = GroupMember.objects.filter(group=group_id).select_for_update()
    given = dict(members.values_list("person_id", "last_given_at"))
    chosen = next_in_turn(_candidates(given, now))
    if chosen is None:
        return Choice(None, ActionReason.NOBODY_IN)
    # Later than every turn before it, even where two are taken in the same instant.
    earlier = [one + INSTANT for one in given.values() if one is not None]
    GroupMember.objects.filter(group=group_id, person=chosen.pk).update(
        last_given_at=max([now, *earlier])
    )
    return Choice(chosen.pk)


def choose_least_loaded(group_id: int, now: datetime) -> Choice:
    """Choose the one of a group who has the fewest open tickets."""
    _one_at_a_time()
    if not TechnicianGroup.objects.filter(pk=group_id).exists():
        return Choice(None, ActionReason.GONE)
    members = GroupMember.objects.filter(group=group_id)
    given = dict(members.values_list("person_id", "last_given_at"))
    chosen = least_loaded(_candidates(given, now))
    return Choice(chosen.pk) if chosen else Choice(None, ActionReason.NOBODY_IN)


def choose_by_skill(ticket: Ticket, asked: SkillAsked, now: datetime) -> Choice:
    """Choose who knows what is needed, and of those who has the fewest open tickets.

    Without a need of the rule's own it is what the ticket's category asks for. Where the rule
    names a group, only its members are asked.
    """
    _one_at_a_time()
    needs = [asked.need] if asked.need is not None else _needs_of(ticket)
    if not needs:
        return Choice(None, ActionReason.NO_SKILL)
    people = PersonSkill.objects.filter(skill__in=[need.skill for need in needs])
    if asked.group is not None:
        if not TechnicianGroup.objects.filter(pk=asked.group).exists():
            return Choice(None, ActionReason.GONE)
        members = GroupMember.objects.filter(group=asked.group)
        people = people.filter(person__in=members.values("person"))
    levels: dict[int, dict[int, int]] = {}
    for one in people:
        levels.setdefault(one.person_id, {})[one.skill_id] = one.level
    knowing = skilled(_candidates(dict.fromkeys(levels), now), levels, needs)
    if not knowing:
        return Choice(None, ActionReason.NOBODY_KNOWS)
    chosen = least_loaded(knowing)
    return Choice(chosen.pk) if chosen else Choice(None, ActionReason.NOBODY_KNOWING_IN)


def _one_at_a_time() -> None:
    """Let the next choice wait until this ticket is given: it counts who has how much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_CHOICE_AT_A_TIME])


def _needs_of(ticket: Ticket) -> list[Need]:
    rows = CategorySkill.objects.filter(category=ticket.category_id or 0).order_by("skill")
    return [Need(row.skill_id, row.level) for row in rows]


def _candidates(given: dict[int, datetime | None], now: datetime) -> list[Candidate]:
    """Return the active people among these with their open tickets; a constant few queries."""
    active = set(User.objects.staff().filter(pk__in=given).values_list("pk", flat=True))
    open_tickets = Ticket.objects.open().filter(assignee__in=active).order_by()
    loads = dict(open_tickets.values_list("assignee").annotate(n=Count("pk")))
    at_work = people_at_work(active, now)
    return [Candidate(pk, loads.get(pk, 0), given[pk], pk in at_work) for pk in sorted(active)]
