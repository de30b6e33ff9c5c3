"""How the desk is set up: its boards and the statuses of its tickets."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.form_page import FormPage
from tickets.forms.setup import BoardForm, StatusForm
from tickets.models import ServiceBoard, TicketStatus
from tickets.operations.save_board import save_board


@require_safe
@permission_required("tickets.view_serviceboard", raise_exception=True)
def setup(request: UserRequest) -> HttpResponse:
    """Show the boards with who leads them and what they promise, and the statuses."""
    context = {
        "boards": ServiceBoard.objects.select_related("lead", "sla_policy"),
        "statuses": TicketStatus.objects.all(),
    }
    return render(request, "tickets/setup.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.add_serviceboard", raise_exception=True)
def board_create(request: UserRequest) -> HttpResponse:
    """Add a board."""
    return _board_form(request, BoardForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.change_serviceboard", raise_exception=True)
def board_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change who leads a board and what it promises."""
    found = get_object_or_404(ServiceBoard, pk=pk)
    return _board_form(request, BoardForm(request.POST or None, instance=found), pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.change_ticketstatus", raise_exception=True)
def status_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what a status is called, and whether the clock stops in it."""
    found = get_object_or_404(TicketStatus, pk=pk)
    form = StatusForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("tickets:setup")
    note = _("Tickets that stand in this status now keep their clock as it is until they move on.")
    return FormPage(_("Edit status"), reverse("tickets:setup"), _("Desk"), note=note).show(
        request, form
    )


def _board_form(request: UserRequest, form: BoardForm, pk: int | None) -> HttpResponse:
    if form.is_valid():
        save_board(facts=form.facts(), now=timezone.now(), board_id=pk)
        messages.success(request, __("Saved."))
        return redirect("tickets:setup")
    title = _("Edit board") if pk else _("New board")
    return FormPage(title, reverse("tickets:setup"), _("Desk")).show(request, form)
