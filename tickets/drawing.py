"""What stands on a ticket's row a hundred times on one page, drawn without templates."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.display import moment_text
from core.markup import escaped
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
    title = escaped(_("Waits for the client: the clock stands still"))
    return SafeString(
        f'<span class="tone tone-neutral countdown" title="{title}">'
        f"{icon('player-pause')}<span>{escaped(face.text)}</span></span>"
    )


def due_cell(ticket: Ticket) -> SafeString:
    """Return the countdown, or a dash."""
    return countdown(ticket) or SafeString('<span class="text-quiet">–</span>')


def subject_cell(ticket: Any) -> SafeString:  # noqa: ANN401  (a ticket as a list reads it)
    """Return number and subject as a link, and the tags."""
    mark = unread_mark() if getattr(ticket, "is_unread", False) else ""
    tags = "".join(f' <span class="tag-chip">{escaped(name)}</span>' for name in ticket.tag_names)
    return SafeString(
        f'<a class="cell-link{" is-unread" if mark else ""}" href="{ticket.get_absolute_url()}">'
        f'{mark}<span class="ticket-number">{escaped(ticket.number)}</span>'
        f" {escaped(ticket.subject)}</a>{tags}"
    )


def assignee_cell(ticket: Ticket) -> SafeString:
    """Return who works on it."""
    if ticket.assignee is None:
        return format_html('<span class="text-quiet">{}</span>', _("nobody yet"))
    return SafeString(escaped(ticket.assignee))


def unread_mark() -> SafeString:
    """Return what tells those who only hear the page that something is unread."""
    return format_html('<span class="visually-hidden">{}</span>', _("unread"))


def _running(face: Countdown, due_at: datetime) -> SafeString:
    what = _("First answer due") if face.is_answer else _("Solution due")
    due = timezone.localtime(due_at).isoformat()
    late = timezone.localtime(face.late_at).isoformat() if face.late_at else ""
    title = escaped(f"{what} {moment_text(due_at)}")
    drawn = icon("message" if face.is_answer else "clock")
    return SafeString(
        f'<time class="tone tone-{face.tone} countdown" datetime="{due}" title="{title}"'
        f' data-due="{due}" data-late="{late}" data-day="{escaped(pgettext("days, short", "d"))}">'
        f"{drawn}<span data-left>{escaped(face.text)}</span></time>"
    )
