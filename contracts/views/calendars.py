"""Business calendars: their week, their holidays, and days unlike others."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.choices import country_name
from contracts.forms.setup import CalendarDayForm, CalendarForm
from contracts.models import BusinessCalendar, CalendarDay, Weekday
from contracts.operations.keep_calendar_versions import keep_calendar_versions
from contracts.operations.save_calendar import save_calendar
from contracts.setup_lists import CALENDARS
from core.form_page import FormPage
from core.holiday_calendar import is_known, public_holidays
from core.panels import history_url

CHANGE = "contracts.change_businesscalendar"


@require_safe
@permission_required("contracts.view_businesscalendar", raise_exception=True)
def calendars(request: UserRequest) -> HttpResponseBase:
    """List the calendars."""
    return CALENDARS.respond(request, BusinessCalendar.objects.all(), "contracts/calendars.html")


@require_safe
@permission_required("contracts.view_businesscalendar", raise_exception=True)
def calendar(request: UserRequest, pk: int) -> HttpResponse:
    """Show a calendar's week, its holidays and its days unlike others."""
    found = get_object_or_404(BusinessCalendar, pk=pk)
    today = timezone.localdate()
    windows = list(found.windows.all())
    context = {
        "calendar": found,
        "country": country_name(found.country) if found.country else "",
        "week": [(day.label, [one for one in windows if one.weekday == day]) for day in Weekday],
        "holidays": _holidays(found, today.year),
        "year": today.year,
        "days": found.days.all(),
        "history_url": history_url(request, found),
    }
    return render(request, "contracts/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_businesscalendar", raise_exception=True)
def calendar_create(request: UserRequest) -> HttpResponse:
    """Add a calendar."""
    return _form(request, CalendarForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def calendar_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a calendar's week and holidays."""
    found = get_object_or_404(BusinessCalendar, pk=pk)
    return _form(request, CalendarForm(request.POST or None, instance=found), pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def calendar_day_add(request: UserRequest, pk: int) -> HttpResponse:
    """Add a day unlike others."""
    found = get_object_or_404(BusinessCalendar, pk=pk)
    form = CalendarDayForm(request.POST or None, instance=CalendarDay(calendar=found))
    if form.is_valid():
        form.save()
        keep_calendar_versions(now=timezone.now(), calendar_id=pk)
        messages.success(request, __("Saved."))
        return redirect(found)
    return FormPage(_("A day unlike others"), found.get_absolute_url(), found.name).show(
        request, form
    )


@require_POST
@permission_required(CHANGE, raise_exception=True)
def calendar_day_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Let the day be like others again."""
    day = get_object_or_404(CalendarDay.objects.select_related("calendar"), pk=pk)
    day.delete()
    keep_calendar_versions(now=timezone.now(), calendar_id=day.calendar_id)
    messages.success(request, __("Saved."))
    return redirect(day.calendar)


def _form(request: UserRequest, form: CalendarForm, pk: int | None) -> HttpResponse:
    if form.is_valid():
        now = timezone.now()
        saved = save_calendar(facts=form.facts(), week=form.spans(), now=now, calendar_id=pk)
        messages.success(request, __("Saved."))
        return redirect(saved)
    title = _("Edit business hours") if pk else _("New calendar")
    back = reverse("contracts:calendar", args=[pk]) if pk else reverse("contracts:calendars")
    page = FormPage(title, back, _("Business hours"), template="contracts/calendar_form.html")
    return page.show(request, form)


def _holidays(found: BusinessCalendar, year: int) -> list[tuple[object, str]]:
    """Return this year's public holidays and the next one's, in the reader's language."""
    if not found.country:
        return []
    language = "fr" if (get_language() or "").startswith("fr") else "en_US"
    if not is_known(found.country, found.region):
        return []
    days = public_holidays(found.country, found.region, (year, year + 1), language)
    return sorted(days.items())
