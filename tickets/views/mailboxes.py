"""The addresses of boards: where mails come from, and go out from."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from tickets.fetching import probe
from tickets.forms.mails import MailboxForm
from tickets.models import Mailbox
from tickets.refusals import MailServerRefused


@require_safe
@permission_required("tickets.view_mailbox", raise_exception=True)
def mailboxes(request: UserRequest) -> HttpResponse:
    """List the addresses with how fetching goes."""
    found = Mailbox.objects.select_related("board")
    return render(request, "tickets/mailboxes.html", {"mailboxes": found})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.add_mailbox", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Give a board an address."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.change_mailbox", raise_exception=True)
def mailbox(request: UserRequest, pk: int) -> HttpResponse:
    """Change an address and how its mails are fetched."""
    return _edit(request, get_object_or_404(Mailbox, pk=pk))


@require_POST
@permission_required("tickets.change_mailbox", raise_exception=True)
def test(request: UserRequest, pk: int) -> HttpResponse:
    """Sign in to the mail server as the worker does, and say what it said."""
    found = get_object_or_404(Mailbox, pk=pk)
    if not found.host:
        messages.info(request, gettext("No IMAP server is named: mails are piped in."))
        return redirect(found)
    try:
        count = probe(found)
    except MailServerRefused as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "The connection works; %(n)d mail is there.",
            "The connection works; %(n)d mails are there.",
            count,
        )
        messages.success(request, text % {"n": count})
    return redirect(found)


def _edit(request: UserRequest, found: Mailbox | None) -> HttpResponse:
    form = MailboxForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = form.save()
        messages.success(request, gettext("Saved."))
        return redirect(saved)
    context = {"form": form, "mailbox": found}
    status = 422 if form.is_bound else 200
    return render(request, "tickets/mailbox.html", context, status=status)
