"""Whom a ticket goes to, where nobody says a name: in turn, to who has least, to who knows how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a ticket."""

    pk: int
    open_tickets: int = 0
    last_given_at: datetime | None = None
    is_available: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """A skill, and how well it must be known."""

    skill: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """What a rule asks for: a skill or what the category asks for, of everybody or of a group."""

    need: Need | None = None
    group: int | None = None

    @classmethod
    def read(cls, value: str) -> "SkillAsked":
        """Return what is meant by a skill, ``3:2``, in a group, ``3:2@7``, or by ``@7`` alone."""
        asked, _at, group = value.partition("@")
        skill, _colon, level = asked.partition(":")
        least = int(level) if level.isdecimal() else 1
        need = Need(int(skill), least) if skill.isdecimal() else None
        return cls(need, int(group) if group.isdecimal() else None)


def next_in_turn(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return who is available and was given something the longest ago; who never was, first."""
    return min(_available(candidates), key=_turn, default=None)


def least_loaded(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return who is available and has the fewest open tickets; among equals, whose turn it is."""
    return min(
        _available(candidates), key=lambda one: (one.open_tickets, *_turn(one)), default=None
    )


def skilled(
    candidates: Sequence[Candidate], skills: Mapping[int, Mapping[int, int]], needs: Iterable[Need]
) -> list[Candidate]:
    """Return those who know all that is needed well enough; ``skills`` are levels by person."""
    wanted = list(needs)
    return [
        one
        for one in candidates
        if all(skills.get(one.pk, {}).get(need.skill, 0) >= need.level for need in wanted)
    ]


def _available(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.is_available]


def _turn(one: Candidate) -> tuple[datetime, int]:
    return one.last_given_at or NEVER, one.pk
