"""Why a run held a client or a part of its work, in the language of whoever reads it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from billing.domain.terms import Hold
from billing.explain import Refusal, explain_hold
from billing.models import RunOutcome

LONGEST_REASON = 400


@dataclass(frozen=True)
class _Stored:
    """A refusal as a run has written it down."""

    hold: Hold
    facts: dict[str, Any]


def reason_of(refusal: Refusal | None, held_count: int) -> str:
    """Return why the client is held, or how much waits for a person with the first reason."""
    if refusal is None:
        return ""
    if not held_count:
        return explain_hold(refusal)[:LONGEST_REASON]
    sentence = ngettext(
        "%(n)d piece of work waits for a decision. %(why)s",
        "%(n)d pieces of work wait for a decision. %(why)s",
        held_count,
    )
    return (sentence % {"n": held_count, "why": explain_hold(refusal)})[:LONGEST_REASON]


def explain_outcome(outcome: RunOutcome) -> str:
    """Return the reason of an outcome; one that was written down as a sentence stays as it is."""
    if not outcome.hold:
        return outcome.reason
    return reason_of(_Stored(Hold(outcome.hold), outcome.facts), outcome.held_count)
