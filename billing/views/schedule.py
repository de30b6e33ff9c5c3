"""The schedule: when the firm bills by itself, and what comes next."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from billing.forms.schedule import ScheduleForm
from billing.operations.set_schedule import set_schedule
from billing.queries.schedule import planned, the_schedule
from clients.models import LegalEntity


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_billingrun", raise_exception=True)
def schedule(request: UserRequest) -> HttpResponse:
    """Show and set the billing day, with the next runs that follow from it."""
    found = the_schedule()
    now = timezone.localtime(timezone=LegalEntity.objects.current().zone)
    form = ScheduleForm(request.POST or None, instance=found)
    if form.is_valid():
        set_schedule(**form.cleaned_data, now=now)
        messages.success(request, _("The schedule was saved."))
        return redirect("billing:schedule")
    known = the_schedule()
    context = {
        "form": form,
        "schedule": known,
        "planned": planned(known, now) if known.is_on else [],
        "zone": now.tzname(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "billing/schedule.html", context, status=status)
