"""Travel zones and what a journey into each costs."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from catalog.forms import NewTravelZoneForm, TravelZoneForm, ZonePriceForm
from catalog.lists import TRAVEL_ZONES, zones_with_price
from catalog.models import TravelZone
from catalog.operations.set_zone_price import set_zone_price
from core.form_page import FormPage
from core.panels import history_url


@require_safe
@permission_required("catalog.view_travelzone", raise_exception=True)
def travel_zones(request: UserRequest) -> HttpResponseBase:
    """List the zones with today's price of a journey."""
    rows = zones_with_price(TravelZone.objects.all(), timezone.localdate())
    return TRAVEL_ZONES.respond(request, rows, "catalog/travel_zones.html")


@require_safe
@permission_required("catalog.view_travelzone", raise_exception=True)
def travel_zone(request: UserRequest, pk: int) -> HttpResponse:
    """Show what a journey into a zone costs, now, before and later."""
    zone = get_object_or_404(TravelZone, pk=pk)
    context = {
        "zone": zone,
        "prices": zone.prices.all(),
        "today": timezone.localdate(),
        "history_url": history_url(request, zone),
    }
    return render(request, "catalog/travel_zone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.add_travelzone", raise_exception=True)
def travel_zone_create(request: UserRequest) -> HttpResponse:
    """Add a zone with its first price."""
    form = NewTravelZoneForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        zone = form.save()
        given = form.cleaned_data
        set_zone_price(zone_id=zone.pk, price=given["price"], starts_on=given["starts_on"])
        messages.success(request, __("Saved."))
        return redirect(zone)
    back = reverse("catalog:travel-zones")
    return FormPage(_("New travel zone"), back, _("Travel zones")).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_travelzone", raise_exception=True)
def travel_zone_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a zone's name, place in lists, and whether it is used."""
    zone = get_object_or_404(TravelZone, pk=pk)
    name = zone.name
    form = TravelZoneForm(request.POST or None, instance=zone)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(zone)
    return FormPage(_("Edit travel zone"), zone.get_absolute_url(), name).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_travelzone", raise_exception=True)
def zone_price(request: UserRequest, pk: int) -> HttpResponse:
    """Enter what a journey costs from a day on."""
    zone = get_object_or_404(TravelZone, pk=pk)
    form = ZonePriceForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        set_zone_price(zone_id=pk, **form.cleaned_data)
        messages.success(request, __("Saved."))
        return redirect(zone)
    return FormPage(_("New price"), zone.get_absolute_url(), zone.name).show(request, form)
