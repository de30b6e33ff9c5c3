"""Find a ticket, client, contact, asset, contract or invoice by what one remembers of it."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from psa.queries.search import search as search_all

IN_PANEL = 5
ON_PAGE = 30


@require_safe
@permission_required("accounts.use_desk", raise_exception=True)
def search(request: UserRequest) -> HttpResponse:
    """Show what matches, in the panel of Ctrl-K or as a page of its own."""
    typed = request.GET.get("q", "")
    most = IN_PANEL if request.htmx else ON_PAGE
    results = search_all(typed, request.user, language=get_language() or "en", most=most)
    template = "search.html#results" if request.htmx else "search.html"
    response = render(request, template, {"words": typed.strip(), "results": results})
    patch_vary_headers(response, ["HX-Request"])
    return response
