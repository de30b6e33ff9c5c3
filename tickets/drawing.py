"""What stands on a ticket's row a hundred times on one page, drawn without templates."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.display import moment_text
from core.templatetags.components import icon
from tickets.models import Ticket
from tickets.queries.countdown import Countdown, countdown_of


def countdown(ticket: Ticket) -> SafeString:
    """Return how long until the next promise ends: it counts down by itself in the browser.

    The clock should come with the ticket; where nothing is promised, nothing is drawn.
    """
    face = countdown_of(ticket, timezone.now())
    if face.due_at is not None:
        return _running(face, face.due_at)
    if not face.is_paused:
        return SafeString()
    return format_html(
        '<span class="tone tone-neutral countdown" title="{}">{}<span>{}</span></span>',
        _("Waits for the client: the clock stands still"),
        icon("player-pause"),
        face.text,
    )


def due_cell(ticket: Ticket) -> SafeString:
    """Return the countdown, or a dash."""
    return countdown(ticket) or SafeString('<span class="text-quiet">–</span>')


def subject_cell(ticket: Any) -> SafeString:  # noqa: ANN401  (a ticket as a list reads it)
    """Return number and subject as a link, and the tags."""
    unread = getattr(ticket, "is_unread", False)
    return format_html(
        '<a class="cell-link{}" href="{}">{}<span class="ticket-number">{}</span> {}</a>{}',
        " is-unread" if unread else "",
        ticket.get_absolute_url(),
        unread_mark() if unread else "",
        ticket.number,
        ticket.subject,
        format_html_join(
            "", ' <span class="tag-chip">{}</span>', ((name,) for name in ticket.tag_names)
        ),
    )


def unread_mark() -> SafeString:
    """Return what tells those who only hear the page that something is unread."""
    return format_html('<span class="visually-hidden">{}</span>', _("unread"))


def _running(face: Countdown, due_at: datetime) -> SafeString:
    what = _("First answer due") if face.is_answer else _("Solution due")
    due = timezone.localtime(due_at).isoformat()
    return format_html(
        '<time class="tone tone-{} countdown" datetime="{}" title="{} {}" data-due="{}"'
        ' data-late="{}" data-day="{}">{}<span data-left>{}</span></time>',
        face.tone,
        due,
        what,
        moment_text(due_at),
        due,
        timezone.localtime(face.late_at).isoformat() if face.late_at else "",
        pgettext("days, short", "d"),
        icon("message" if face.is_answer else "clock"),
        face.text,
    )
