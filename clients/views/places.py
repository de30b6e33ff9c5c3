"""Sites and assets of a client."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.forms.places import AssetForm, SiteForm
from clients.lists import ASSETS
from clients.models import Asset, Client, Site
from core.form_page import FormPage

SITE_TEMPLATE = "clients/site_form.html"
ASSET_TEMPLATE = "clients/asset_form.html"


@require_safe
@permission_required("clients.view_asset", raise_exception=True)
def assets(request: UserRequest) -> HttpResponseBase:
    """List the devices of all clients."""
    rows = Asset.objects.visible_to(request.user).select_related("client", "site", "contact")
    return ASSETS.respond(request, rows, "clients/assets.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_site", raise_exception=True)
def site_create(request: UserRequest, client_pk: int) -> HttpResponse:
    """Add a place where a client works."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    initial = {"country": client.country}
    return _site_form(request, SiteForm(request.POST or None, client=client, initial=initial))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_site", raise_exception=True)
def site_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a place where a client works."""
    site = _site(request, pk)
    return _site_form(request, SiteForm(request.POST or None, instance=site, client=site.client))


@require_POST
@permission_required("clients.delete_site", raise_exception=True)
def site_delete(request: UserRequest, pk: int) -> HttpResponse:
    """Remove a place; tickets and assets that name it stay without a site."""
    site = _site(request, pk)
    site.delete()
    messages.success(request, __("%(thing)s has been deleted.") % {"thing": site.name})
    return redirect(site.client)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_asset", raise_exception=True)
def asset_create(request: UserRequest, client_pk: int) -> HttpResponse:
    """Add a device of a client's."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    return _asset_form(request, AssetForm(request.POST or None, client=client))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_asset", raise_exception=True)
def asset_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is known about a device."""
    asset = _asset(request, pk)
    form = AssetForm(request.POST or None, instance=asset, client=asset.client)
    return _asset_form(request, form)


@require_POST
@permission_required("clients.delete_asset", raise_exception=True)
def asset_delete(request: UserRequest, pk: int) -> HttpResponse:
    """Remove a device; tickets that name it stay without an asset."""
    asset = _asset(request, pk)
    asset.delete()
    messages.success(request, __("%(thing)s has been deleted.") % {"thing": asset.name})
    return redirect(asset.client)


def _site(request: UserRequest, pk: int) -> Site:
    return get_object_or_404(Site.objects.visible_to(request.user).select_related("client"), pk=pk)


def _asset(request: UserRequest, pk: int) -> Asset:
    rows = Asset.objects.visible_to(request.user).select_related("client")
    return get_object_or_404(rows, pk=pk)


def _site_form(request: UserRequest, form: SiteForm) -> HttpResponse:
    client = form.instance.client
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(client)
    title = _("Edit site") if form.instance.pk else _("New site")
    page = FormPage(title, client.get_absolute_url(), client.name, template=SITE_TEMPLATE)
    return page.show(request, form)


def _asset_form(request: UserRequest, form: AssetForm) -> HttpResponse:
    client = form.instance.client
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(client)
    title = _("Edit asset") if form.instance.pk else _("New asset")
    page = FormPage(title, client.get_absolute_url(), client.name, template=ASSET_TEMPLATE)
    return page.show(request, form)
