"""Who changed what: the whole trail, and the history of one object."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.audit import TrailFilter, page_of_trail, tracked_model, tracked_models
from accounts.audit.forms import TrailForm
from accounts.models import User
from accounts.requests import UserRequest


@require_safe
@permission_required("accounts.view_audit_trail", raise_exception=True)
def audit_trail(request: UserRequest) -> HttpResponse:
    """Show what everybody changed, newest first."""
    readable = [one for one in tracked_models().values() if request.user.has_perm(one.permission)]
    form = TrailForm(request.GET, readable=readable)
    page = page_of_trail(form.wanted(), request.user, _page_number(request))
    template = "accounts/audit.html#trail" if request.htmx else "accounts/audit.html"
    response = render(request, template, {"form": form, "page": page, "query": _query(request)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission_required("accounts.use_desk", raise_exception=True)
def history(request: UserRequest, app: str, model: str, pk: int) -> HttpResponse:
    """Show what happened to one object, as a part of its page."""
    tracked = tracked_model(app, model)
    if tracked is None:
        raise Http404
    if not request.user.has_perm(tracked.permission):
        raise PermissionDenied
    rows: QuerySet[Model] = tracked.model._default_manager.all()  # noqa: SLF001  (Django's name)
    visible = rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows
    found = get_object_or_404(visible, pk=pk)
    watched = [tracked]
    if isinstance(found, User):
        watched.append(tracked_models()["accounts.role"])
    page = page_of_trail(TrailFilter(watched, object_id=pk), request.user, _page_number(request))
    template = "accounts/history.html#entries" if request.htmx else "accounts/history.html"
    response = render(request, template, {"page": page, "object": found, "path": request.path})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page_number(request: UserRequest) -> int:
    wanted = request.GET.get("page", "1")
    return int(wanted) if wanted.isdecimal() else 1


def _query(request: UserRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
