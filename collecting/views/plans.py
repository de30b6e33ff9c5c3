"""Reminder plans on the desk."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from collecting.forms.reminders import PlanForm
from collecting.lists import PLANS
from collecting.models import ReminderPlan
from collecting.operations.save_plan import CollectingRefused, save_plan
from core.panels import history_url


@require_safe
@permission_required("collecting.view_reminderplan", raise_exception=True)
def plans(request: UserRequest) -> HttpResponseBase:
    """List the reminder plans."""
    rows = ReminderPlan.objects.annotate(own_clients=Count("clients")).prefetch_related("steps")
    return PLANS.respond(request, rows, "collecting/plans.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("collecting.add_reminderplan", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Write a new plan; the first is for every client unless something else is chosen."""
    initial = {"is_default": not ReminderPlan.objects.filter(is_default=True).exists()}
    return _form(request, PlanForm(request.POST or None, initial=initial), None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("collecting.change_reminderplan", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Show and change a plan."""
    plan = get_object_or_404(ReminderPlan.objects.prefetch_related("steps", "words"), pk=pk)
    return _form(request, PlanForm(request.POST or None, instance=plan), plan)


def _form(request: UserRequest, form: PlanForm, plan: ReminderPlan | None) -> HttpResponse:
    if form.is_valid():
        try:
            save_plan(plan_id=plan.pk if plan else None, terms=form.terms())
        except CollectingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Reminders that were sent stay as they are."))
            return redirect("collecting:plans")
    context = {
        "form": form,
        "plan": plan,
        "clients": plan.clients.select_related("client").order_by("client__name") if plan else [],
        "history_url": history_url(request, plan) if plan else "",
    }
    return render(request, "collecting/plan.html", context, status=422 if form.is_bound else 200)
