"""Saved views of the list of tickets: opening, keeping, changing and throwing them away."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.requests import UserRequest
from tickets.columns import COLUMNS, MORE_COLUMNS, SCOPES
from tickets.domain.saved_views import filters_in, kept_filters
from tickets.forms.saved_view import SavedViewForm, in_words
from tickets.models import DefaultView, SavedView
from tickets.operations.choose_default_view import choose_default_view
from tickets.operations.keep_view import keep_view
from tickets.queries.saved_views import default_view, query_for
from tickets.refusals import Refusal

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@permission_required("tickets.view_savedview", raise_exception=True)
def views(request: UserRequest) -> HttpResponse:
    """List the views that this person can open."""
    changeable = SavedView.objects.changeable_by(request.user).values_list("pk", flat=True)
    context = {
        "views": SavedView.objects.visible_to(request.user).select_related("owner"),
        "changeable": set(changeable),
        "default": default_view(request.user),
    }
    return render(request, "tickets/views.html", context)


@require_safe
@permission_required("tickets.view_savedview", raise_exception=True)
def view(request: UserRequest, pk: int) -> HttpResponse:
    """Open the list as the view says; what it shows then stands in the address."""
    found = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    return redirect(f"{reverse('tickets:tickets')}?{query_for(found)}")


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.add_savedview", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Keep what the list shows as a view."""
    if request.htmx:
        return HttpResponseClientRedirect(request.get_full_path())
    return _form(request, None)


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_savedview", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a view of one's own, or a shared one where one looks after them."""
    if request.htmx:
        return HttpResponseClientRedirect(request.get_full_path())
    return _form(request, get_object_or_404(SavedView.objects.changeable_by(request.user), pk=pk))


@require_POST
@permission_required("tickets.delete_savedview", raise_exception=True)
def delete(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a view away; its tickets stay."""
    get_object_or_404(SavedView.objects.changeable_by(request.user), pk=pk).delete()
    messages.success(request, _("Deleted."))
    return redirect("tickets:views")


@require_POST
@permission_required("tickets.view_savedview", raise_exception=True)
def choose(request: UserRequest) -> HttpResponse:
    """Choose with which view the list opens for oneself, or with none."""
    wanted = request.POST.get("view", "")
    found = SavedView.objects.visible_to(request.user)
    pk = get_object_or_404(found, pk=wanted).pk if wanted.isdecimal() else None
    choose_default_view(view_id=pk, actor=request.user)
    messages.success(request, _("Saved."))
    return redirect("tickets:views")


def _form(request: UserRequest, found: SavedView | None) -> HttpResponse:
    form = SavedViewForm(
        request.POST or None,
        instance=found,
        columns=[(one.key, str(one.label)) for one in (*COLUMNS, *MORE_COLUMNS)],
        sorts=[(one.key, str(one.label)) for one in (*COLUMNS, *MORE_COLUMNS) if one.sort],
        initial=_initial(request, found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = keep_view(
                wording=form.wording,
                actor=request.user,
                view_id=found.pk if found else None,
                is_default=form.cleaned_data["is_default"],
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(saved)
    scopes = {scope.value: str(label) for scope, label in SCOPES}
    context = {
        "form": form,
        "view": found,
        "says": in_words(_filters(request, found), scopes),
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/view_form.html", context, status=status)


def _filters(request: UserRequest, found: SavedView | None) -> dict[str, str]:
    """Return the filters of the list that led here; of the view itself, where none did."""
    if request.method == "POST":
        return filters_in(request.POST.get("query", ""))
    return kept_filters(request.GET) or (dict(found.filters) if found else {})


def _initial(request: UserRequest, found: SavedView | None) -> dict[str, Any]:
    asked = request.GET
    columns = [key for key in asked.get("columns", "").split(",") if key]
    usual = [one.key for one in COLUMNS]
    filters = _filters(request, found)
    is_default = DefaultView.objects.filter(person=request.user, view=found).exists()
    initial = {"query": urlencode(filters), "is_default": found is not None and is_default}
    if found is None or asked:
        initial |= {
            "columns": columns or (found.columns if found else []) or usual,
            "sort": asked.get("sort", ""),
            "layout": asked.get("layout", ""),
        }
    else:
        initial["columns"] = found.columns or usual
    return initial
