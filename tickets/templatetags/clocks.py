"""Clocks in templates: countdowns and business time."""

from datetime import datetime

from django import template
from django.utils import timezone

from core.display import minutes_text
from tickets import drawing
from tickets.queries.countdown import left_text

register = template.Library()


register.simple_tag(drawing.countdown)


@register.filter
def left_until(moment: datetime | None) -> str:
    """Write how long it is until the moment, with a minus once it has passed: 2 h 05."""
    return "" if moment is None else left_text(moment, timezone.now())


@register.filter
def business_time(seconds: int | None) -> str:
    """Write seconds of business time in begun minutes: 6 h 50."""
    return "" if seconds is None else minutes_text(-(-seconds // 60))
