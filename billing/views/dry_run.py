"""A dry run: what a run would do, without writing anything."""

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.dry_run import Tried, try_clients
from billing.forms.runs import DryRunForm
from billing.models import Outcome
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity

CLIENTS_A_PAGE = 200


@require_safe
@permission_required("billing.view_billingrun", raise_exception=True)
def dry_run(request: UserRequest) -> HttpResponse:
    """Ask for a day and clients, and show what a run would do for them, a page at a time."""
    visible = Client.objects.visible_to(request.user).order_by("name", "pk")
    asked = request.GET if "as_of_on" in request.GET else None
    form = DryRunForm(asked, initial={"as_of_on": firm_today()}, clients=visible)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        chosen = form.cleaned_data["clients"] or visible
        context |= _tried(request, chosen, form)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "billing/dry_run.html", context, status=status)


def _tried(request: UserRequest, clients: QuerySet[Client], form: DryRunForm) -> dict[str, object]:
    typed = request.GET.get("page", "1")
    number = max(1, int(typed)) if typed.isdecimal() else 1
    first = (number - 1) * CLIENTS_A_PAGE
    rows = list(clients[first : first + CLIENTS_A_PAGE + 1])
    entity, as_of = LegalEntity.objects.current(), form.cleaned_data["as_of_on"]
    tried = list(try_clients(rows[:CLIENTS_A_PAGE], entity, as_of))
    return {
        "as_of": as_of,
        "groups": _by_outcome(tried),
        "net": sum(one.net for one in tried),
        "total": sum(one.total for one in tried),
        "currency": entity.currency,
        "first": first + 1,
        "last": first + len(tried),
        "previous_url": _page_url(request, number - 1) if number > 1 else "",
        "next_url": _page_url(request, number + 1) if len(rows) > CLIENTS_A_PAGE else "",
    }


def _by_outcome(tried: list[Tried]) -> list[tuple[str, str, list[Tried]]]:
    titles = {
        Outcome.DRAFTED: _("Would be drafted"),
        Outcome.HELD: _("Would be held"),
        Outcome.NOTHING_DUE: _("Nothing due"),
    }
    parted = {outcome: [one for one in tried if one.outcome == outcome] for outcome in titles}
    return [(title, outcome.value, parted[outcome]) for outcome, title in titles.items()]


def _page_url(request: UserRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"
