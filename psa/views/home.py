"""The first page after signing in: where this person's work is."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from psa import navigation

BY_ROLE = (
    ("accounts.use_portal", "portal:home"),
    ("tickets.change_ticket", "tickets:my-work"),
    ("billing.issue_invoice", "billing:drafts"),
    ("tickets.view_ticket", "tickets:tickets"),
    ("accounts.view_dashboards", "dashboards:overview"),
    ("clients.view_client", "clients:clients"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the portal, the tickets or the drafts, whichever this person works with."""
    for permission, url_name in BY_ROLE:
        url = navigation.address(url_name)
        if url and request.user.has_perm(permission):
            return HttpResponseRedirect(url)
    raise PermissionDenied
