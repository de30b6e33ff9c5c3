"""Merging tickets and taking them apart again."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from tickets.forms.link import MergeForm
from tickets.models import TicketMerge
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.undo_merge import undo_merge
from tickets.refusals import Refusal
from tickets.views.ticket_page import find_ticket


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.change_ticket", raise_exception=True)
def merge(request: UserRequest, pk: int) -> HttpResponse:
    """Ask which ticket it goes on in, say what that means, and merge it."""
    found = find_ticket(request, pk)
    form = MergeForm(request.POST or None)
    if form.is_valid():
        try:
            merged = merge_tickets(
                ticket_id=pk,
                number=form.cleaned_data["number"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            told = _("%(number)s goes on here.") % {"number": found.number}
            messages.success(request, told)
            return redirect(merged.into)
    context = {"ticket": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "tickets/ticket_merge.html", context, status=status)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def unmerge(request: UserRequest, pk: int) -> HttpResponse:
    """Take the two apart, and open the one that stands for itself again."""
    merges = TicketMerge.objects.visible_to(request.user).select_related("ticket")
    found = get_object_or_404(merges, pk=pk)
    undo_merge(merge_id=pk, actor=request.user, now=timezone.now())
    messages.success(request, _("The tickets are apart again."))
    return redirect(found.ticket)
