"""Maintenance: what comes round when, the plans behind it, and what was skipped."""

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.models import Client
from core.panels import history_url
from tickets.forms.maintenance import ClientOfPlanForm, PlanForm, SkipForm, rule_in_words
from tickets.forms.time import firm_zone
from tickets.models import MaintenancePlan
from tickets.operations.skip_visit import skip_visit
from tickets.queries.maintenance import Coming, coming, tallies
from tickets.refusals import Refusal

VIEW, ADD, CHANGE = (f"tickets.{verb}_maintenanceplan" for verb in ("view", "add", "change"))
READ_OR_SEND = ["GET", "HEAD", "POST"]
AHEAD = timedelta(days=400)
SHOWN_AHEAD, SHOWN_BEHIND = 8, 24
MONDAY_FIRST = Calendar(0)


@require_safe
@permission_required(VIEW, raise_exception=True)
def calendar(request: UserRequest) -> HttpResponse:
    """Show a month of what comes round, and what was done for each client."""
    today = _today()
    first = _month(request, today)
    weeks = MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    plans = _plans(request)
    found = coming(plans, weeks[0][0], weeks[-1][-1])
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=31)).replace(day=1),
        "today": today,
        "weeks": [[(day, _on(found, day)) for day in week] for week in weeks],
        "tallies": tallies(request.user),
        "has_plans": bool(plans),
    }
    return render(request, "tickets/maintenance_calendar.html", context)


@require_safe
@permission_required(VIEW, raise_exception=True)
def plans(request: UserRequest) -> HttpResponse:
    """Show every plan with its next day."""
    today, rows = _today(), _plans(request)
    upcoming: dict[int, date] = {}
    for one in coming(rows, today, today + AHEAD):
        if one.visit is None:
            upcoming.setdefault(one.plan.pk, one.day)
    listed = [(plan, rule_in_words(plan), upcoming.get(plan.pk)) for plan in rows]
    return render(request, "tickets/maintenance_plans.html", {"plans": listed})


@require_safe
@permission_required(VIEW, raise_exception=True)
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """Show a plan, what comes next, and what came of it so far."""
    return _show(request, _find(request, pk))


@require_http_methods(READ_OR_SEND)
@permission_required(ADD, raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Make a plan for a client, who is chosen first."""
    given = request.GET.get("client", "")
    if not given.isdecimal():
        return _choose_client(request)
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=int(given[:18]))
    return _edit(request, PlanForm(request.POST or None, client=client, today=_today()))


def _choose_client(request: UserRequest) -> HttpResponse:
    """Ask for whom the plan is; what is typed may be a code, so it is no key of a row."""
    clients = Client.objects.visible_to(request.user).filter(lost_on=None).order_by("name")
    asked = request.GET if "for-client" in request.GET else None
    form = ClientOfPlanForm(asked, clients=clients, prefix="for")
    if form.is_valid():
        return redirect(f"{request.path}?client={form.cleaned_data['client'].pk}")
    status = 422 if form.errors else 200
    return render(request, "tickets/maintenance_client.html", {"form": form}, status=status)


@require_http_methods(READ_OR_SEND)
@permission_required(CHANGE, raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a plan, or stop it."""
    found = _find(request, pk)
    form = PlanForm(request.POST or None, client=found.client, today=_today(), instance=found)
    return _edit(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def skip(request: UserRequest, pk: int) -> HttpResponse:
    """Leave out one day of a plan."""
    found, form = _find(request, pk), SkipForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            skip_visit(plan_id=pk, due_on=given["day"], reason=given["reason"], actor=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Skipped."))
            return redirect(found)
    return _show(request, found, form)


def _show(
    request: UserRequest, found: MaintenancePlan, skipping: SkipForm | None = None
) -> HttpResponse:
    today = _today()
    visits = found.visits.select_related("ticket__status", "skipped_by")
    context = {
        "plan": found,
        "rule": rule_in_words(found),
        "next": coming([found], today, today + AHEAD)[:SHOWN_AHEAD],
        "visits": visits[:SHOWN_BEHIND],
        "skipping": skipping,
        "history_url": history_url(request, found),
    }
    status = 422 if skipping else 200
    return render(request, "tickets/maintenance_plan.html", context, status=status)


def _edit(request: UserRequest, form: PlanForm) -> HttpResponse:
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect(saved)
    context = {"form": form, "client": form.client, "plan": form.instance}
    status = 422 if form.is_bound else 200
    return render(request, "tickets/maintenance_form.html", context, status=status)


def _find(request: UserRequest, pk: int) -> MaintenancePlan:
    with_all = ("client", "site", "asset", "contract", "board", "category", "assignee")
    rows = MaintenancePlan.objects.visible_to(request.user).select_related(*with_all)
    return get_object_or_404(rows, pk=pk)


def _plans(request: UserRequest) -> list[MaintenancePlan]:
    rows = MaintenancePlan.objects.visible_to(request.user)
    return list(rows.select_related("client", "contract", "asset", "site"))


def _on(found: list[Coming], day: date) -> list[Coming]:
    return [one for one in found if one.day == day]


def _month(request: UserRequest, today: date) -> date:
    given: Any = None
    try:
        given = parse_date(f"{request.GET.get('month', '')}-01")
    except ValueError:
        given = None
    is_near = given is not None and abs((given - today).days) < 3660  # noqa: PLR2004 -- ten years
    return given if is_near else today.replace(day=1)


def _today() -> date:
    return timezone.localdate(timezone=firm_zone())
