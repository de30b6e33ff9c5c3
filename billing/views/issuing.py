"""What the pages that issue share: the day, the form, and telling what came of it."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.forms.issuing import IssueForm
from billing.operations.issue_invoices import Issuing
from clients.models import LegalEntity


def firm_today() -> date:
    """Return today where the firm is, which decides the date of its documents."""
    return timezone.localdate(timezone=LegalEntity.objects.current().zone)


def issue_form(today: date) -> IssueForm:
    """Return the empty form with today's date."""
    return IssueForm(today=today)


def selected_ids(request: HttpRequest) -> list[int]:
    """Return the selected rows of a list."""
    return [int(value) for value in request.POST.getlist("selected") if value.isdecimal()]


def announce(request: HttpRequest, issuing: Issuing) -> None:
    """Say what was issued under which numbers."""
    if issuing.numbers:
        messages.success(request, _what_was_issued(list(issuing.numbers.values())))


def _what_was_issued(numbers: Sequence[str]) -> str:
    words = {"count": len(numbers), "first": numbers[0], "last": numbers[-1]}
    if len(numbers) == 1:
        return _("%(first)s was issued; its PDF and mail are on their way.") % words
    return (
        ngettext(
            "%(count)d invoice was issued: %(first)s to %(last)s.",
            "%(count)d invoices were issued: %(first)s to %(last)s.",
            len(numbers),
        )
        % words
    )
