"""What stands on a line of an invoice, in the client's language."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billing.domain.agreed_discounts import RULE
from billing.domain.charge import RatedCharge
from billing.domain.terms import Kind
from billing.models import Charge
from clients.models import LegalEntity
from core.display import day_text, month_text, percent_text, period_text
from core.periods import Period, month_of

LONGEST = Charge._meta.get_field("description").max_length or 0
LANGUAGE_OF_COUNTRY = {"FR": "fr", "MC": "fr"}


def description_of(charge: RatedCharge) -> str:
    """Return the text of the line, in the language that is active."""
    text = _discount(charge) if charge.reach else _DESCRIPTIONS[charge.kind](charge)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def firm_language(entity: LegalEntity) -> str:
    """Return the language in which the firm keeps its records."""
    return LANGUAGE_OF_COUNTRY.get(entity.country, settings.LANGUAGE_CODE)


def _recurring(charge: RatedCharge) -> str:
    days = charge.period
    month = month_of(days.start)
    if charge.basis.get("months") == 0 or days.end > month.end:
        return f"{charge.subject} ({_days(get_language(), days)})"
    text = f"{charge.subject} – {_month(get_language(), days.start)}"
    return text if days == month else f"{text} ({days.start.day}–{days.last_day.day})"


def _correction(charge: RatedCharge) -> str:
    if charge.source.time_taken_back_id is not None:
        return _("%(work)s – taken back") % {"work": _time(charge)}
    days, language = charge.period, get_language()
    is_in_month = days.end <= month_of(days.start).end
    return _("%(title)s – correction for %(month)s") % {
        "title": charge.subject,
        "month": _month(language, days.start) if is_in_month else _days(language, days),
    }


def _time(charge: RatedCharge) -> str:
    return _("%(ticket)s: %(work_type)s, %(day)s") % {
        "ticket": _ticket(charge),
        "work_type": charge.subject,
        "day": _day(get_language(), charge.period.start),
    }


def _sold(charge: RatedCharge) -> str:
    return _("%(ticket)s: %(item)s") % {"ticket": _ticket(charge), "item": charge.subject}


def _discount(charge: RatedCharge) -> str:
    basis = charge.basis
    if basis["rule"] == RULE:
        if "percent" not in basis:
            return _("Discount: %(reason)s") % {"reason": basis["reason"]}
        share = percent_text(Decimal(basis["percent"]))
        words = _("Discount of %(percent)s: %(reason)s")
        return words % {"percent": share, "reason": basis["reason"]}
    return _("Part of the discount that goes with it")


def _subject(charge: RatedCharge) -> str:
    return charge.subject


def _ticket(charge: RatedCharge) -> str:
    return f"{charge.ticket.number} {charge.ticket.subject}" if charge.ticket else ""


_DESCRIPTIONS: dict[Kind, Callable[[RatedCharge], str]] = {
    Kind.RECURRING: _recurring,
    Kind.ADJUSTMENT: _correction,
    Kind.TIME: _time,
    Kind.FLAT: _sold,
    Kind.PART: _sold,
    Kind.PREPAID: _subject,
    Kind.HAND: _subject,
    Kind.HAND_GOODS: _subject,
}


@lru_cache(maxsize=4096)
def _day(_language: str | None, day: date) -> str:
    return day_text(day)


@lru_cache(maxsize=4096)
def _days(_language: str | None, days: Period) -> str:
    return period_text(days)


@lru_cache(maxsize=512)
def _month(_language: str | None, day: date) -> str:
    return month_text(day)
