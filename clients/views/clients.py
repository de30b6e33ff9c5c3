"""Clients: the list, a client's page, and the forms about them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.choices import country_name
from clients.finding import name_with_code, suggested
from clients.forms.client import ClientForm, ClientLostForm
from clients.lists import CLIENTS
from clients.models import Client, LegalEntity
from clients.queries import next_client_code
from core.form_page import FormPage
from core.panels import Place, history_url, panels

ASSETS_SHOWN = 8
FORM_TEMPLATE = "clients/client_form.html"
# What other rooms do for a client, once their pages exist.
ACTIONS = (
    Place(_("New invoice"), "file-plus", "billing:invoice-create-for", "billing.add_handline"),
)
PLACES = (
    Place(_("Next invoice so far"), "file-plus", "billing:upcoming", "billing.view_charge"),
    Place(_("Contracts"), "file-text", "contracts:of-client", "contracts.view_contract"),
    Place(_("Hours"), "clock", "billing:hours-of-client", "contracts.view_prepaidblock"),
    Place(_("Tickets"), "ticket", "tickets:of-client", "tickets.view_ticket"),
    Place(_("Satisfaction"), "mood-smile", "tickets:ratings-of-client", "tickets.view_rating"),
    Place(_("Invoices"), "file-invoice", "billing:of-client", "billing.view_invoice"),
    Place(_("Overdue"), "calendar-due", "collecting:of-client", "collecting.view_paymentpromise"),
    Place(_("Direct debit"), "writing", "payments:of-client", "clients.view_mandate"),
    Place(
        _("Purchase orders"), "receipt", "clients:orders-of-client", "clients.view_purchaseorder"
    ),
    Place(_("Service level"), "target", "contracts:sla-of-client", "contracts.view_clientsla"),
    Place(_("Own rates"), "clock-hour-4", "catalog:rates-of-client", "catalog.view_ratecard"),
)


@require_safe
@permission_required("clients.view_client", raise_exception=True)
def clients(request: UserRequest) -> HttpResponseBase:
    """List the clients."""
    rows = Client.objects.visible_to(request.user).select_related("account_manager")
    return CLIENTS.respond(request, rows, "clients/clients.html")


@require_safe
@permission_required("clients.view_client", raise_exception=True)
def client_options(request: UserRequest) -> HttpResponse:
    """Suggest clients for what is typed in the field that is named."""
    typed = request.GET.get(request.GET.get("field", "client"), "")
    found = suggested(Client.objects.visible_to(request.user).current(), typed) if typed else ()
    names = ((name_with_code(one),) for one in found)
    return HttpResponse(format_html_join("", '<option value="{}"></option>', names))


@require_safe
@permission_required("clients.view_client", raise_exception=True)
def client(request: UserRequest, pk: int) -> HttpResponse:
    """Show a client: who they are, their people, places and things, and what other rooms know."""
    found = get_object_or_404(
        Client.objects.visible_to(request.user).select_related("account_manager"), pk=pk
    )
    assets = list(found.assets.select_related("site", "contact")[: ASSETS_SHOWN + 1])
    context = {
        "client": found,
        "country": country_name(found.country),
        "contacts": found.contacts.select_related("user", "site"),
        "sites": found.sites.all(),
        "assets": assets[:ASSETS_SHOWN],
        "has_more_assets": len(assets) > ASSETS_SHOWN,
        "actions": panels(ACTIONS, request, pk),
        "panels": panels(PLACES, request, pk),
        "history_url": history_url(request, found),
    }
    return render(request, "clients/client.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_client", raise_exception=True)
def client_create(request: UserRequest) -> HttpResponse:
    """Add a client."""
    firm = LegalEntity.objects.filter(is_default=True).first()
    initial: dict[str, object] = {"client_since_on": timezone.localdate()}
    if firm is not None:
        initial |= {"country": firm.country, "currency": firm.currency}
    if request.method != "POST":
        initial["code"] = next_client_code()
    form = ClientForm(request.POST or None, initial=initial)
    if form.is_valid():
        made = form.save()
        messages.success(request, __("%(client)s has been added.") % {"client": made})
        return redirect(made)
    page = FormPage(
        _("New client"), reverse("clients:clients"), _("Clients"), template=FORM_TEMPLATE
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_client", raise_exception=True)
def client_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is known about a client."""
    found = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    name = found.name
    form = ClientForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(found)
    page = FormPage(_("Edit client"), found.get_absolute_url(), name, template=FORM_TEMPLATE)
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_client", raise_exception=True)
def client_lose(request: UserRequest, pk: int) -> HttpResponse:
    """Note that a client has left, when and why."""
    found = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    form = ClientLostForm(
        request.POST or None, instance=found, initial={"lost_on": timezone.localdate()}
    )
    if form.is_valid():
        form.save()
        messages.success(request, __("%(client)s is marked as lost.") % {"client": found})
        return redirect(found)
    page = FormPage(
        _("Client lost"),
        found.get_absolute_url(),
        found.name,
        submit=_("Mark as lost"),
        note=_(
            "Contracts, portal access and open invoices stay as they are: end the contracts on "
            "their own pages, and what is owed is still billed."
        ),
    )
    return page.show(request, form)


@require_POST
@permission_required("clients.change_client", raise_exception=True)
def client_regain(request: UserRequest, pk: int) -> HttpResponse:
    """Take a lost client back."""
    found = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    found.lost_on, found.lost_reason = None, ""
    found.save(update_fields=["lost_on", "lost_reason"])
    messages.success(request, __("%(client)s is a client again.") % {"client": found})
    return redirect(found)
