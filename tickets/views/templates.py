"""Ticket templates: preparing them, and throwing them away."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from tickets.forms.template import TicketTemplateForm
from tickets.models import TicketTemplate

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@permission_required("tickets.view_tickettemplate", raise_exception=True)
def templates(request: UserRequest) -> HttpResponse:
    """List the templates."""
    return render(request, "tickets/templates.html", {"templates": TicketTemplate.objects.all()})


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.add_tickettemplate", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Prepare a kind of ticket."""
    return _form(request, TicketTemplateForm(request.POST or None))


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_tickettemplate", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a template; tickets that were opened from it stay as they are."""
    found = get_object_or_404(TicketTemplate, pk=pk)
    return _form(request, TicketTemplateForm(request.POST or None, instance=found))


@require_POST
@permission_required("tickets.delete_tickettemplate", raise_exception=True)
def delete(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a template away."""
    get_object_or_404(TicketTemplate, pk=pk).delete()
    messages.success(request, _("Deleted."))
    return redirect("tickets:templates")


def _form(request: UserRequest, form: TicketTemplateForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("tickets:templates")
    status = 422 if form.errors else 200
    return render(request, "tickets/template_form.html", {"form": form}, status=status)
