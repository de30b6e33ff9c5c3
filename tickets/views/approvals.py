"""Approving the time of others, one day or many at once."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from tickets.forms.sheet import ReturnForm
from tickets.forms.working_hours import WorkingHoursForm
from tickets.models import TimesheetDay
from tickets.operations.approve_days import approve_days
from tickets.operations.return_days import return_days
from tickets.queries.approvals import LONGEST_QUEUE, waiting_days
from tickets.refusals import Refusal

APPROVES = "tickets.approve_timesheetday"


@require_safe
@permission_required(APPROVES, raise_exception=True)
def approvals(request: UserRequest) -> HttpResponse:
    """Show the days that wait, the oldest first."""
    return _show(request, ReturnForm())


@require_POST
@permission_required(APPROVES, raise_exception=True)
def approve(request: UserRequest) -> HttpResponse:
    """Approve the chosen days with all that was logged on them."""
    chosen = _chosen(request)
    days = approve_days(day_ids=chosen, actor=request.user, now=timezone.now())
    if days:
        told = ngettext("%(n)d day approved.", "%(n)d days approved.", len(days))
        messages.success(request, told % {"n": len(days)})
    else:
        messages.warning(request, _("Choose days that wait to be approved."))
    return redirect("time:approvals")


@require_POST
@permission_required(APPROVES, raise_exception=True)
def give_back(request: UserRequest) -> HttpResponse:
    """Return the chosen days with a reason."""
    form, chosen = ReturnForm(request.POST), _chosen(request)
    if not form.is_valid():
        return _show(request, form, chosen)
    try:
        days = return_days(
            day_ids=chosen,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, chosen)
    told = ngettext("%(n)d day returned.", "%(n)d days returned.", len(days))
    messages.success(request, told % {"n": len(days)})
    return redirect("time:approvals")


def _show(
    request: UserRequest, form: ReturnForm, chosen: frozenset[int] = frozenset()
) -> HttpResponse:
    rows = TimesheetDay.objects.visible_to(request.user).submitted().select_related("person")
    context = {
        "waiting": waiting_days(list(rows.order_by("day", "person")[:LONGEST_QUEUE])),
        "form": form,
        "chosen": chosen,
    }
    status = 422 if form.is_bound else 200
    return render(request, "tickets/approvals.html", context, status=status)


def _chosen(request: UserRequest) -> frozenset[int]:
    return frozenset(int(one[:18]) for one in request.POST.getlist("selected") if one.isdecimal())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_businesscalendar", raise_exception=True)
def working_hours(request: UserRequest) -> HttpResponse:
    """Say by which calendar each person works."""
    form = WorkingHoursForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("time:working-hours")
    status = 422 if form.is_bound else 200
    return render(request, "tickets/working_hours.html", {"form": form}, status=status)
