"""Purchase orders: what clients have ordered, how much of it is spent, and by which invoices."""

from decimal import Decimal

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.forms.orders import OrderForm
from billing.lists import OrderFilter
from billing.models import Invoice
from billing.queries.orders import invoices_of, with_spending
from clients.models import Client, PurchaseOrder
from core.form_page import FormPage
from core.listing import Column, Empty, Listing


def _page_of(order: PurchaseOrder) -> str:
    return reverse("billing:order", args=[order.pk])


ORDERS = Listing[PurchaseOrder](
    name="orders",
    columns=[
        Column("number", _("Number"), link=True, sort="number"),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("starts_on", _("Valid from"), kind="day", sort="starts_on", phone="hidden"),
        Column("last_day_on", _("Valid through"), kind="day", sort="last_day_on", phone="hidden"),
        Column("limit_amount", _("Limit"), kind="money", sort="limit_amount"),
        Column("issued", _("Invoiced"), kind="money", sort="issued"),
        Column("drafted", _("On drafts"), kind="money", sort="drafted", phone="hidden"),
        Column("left", _("Left"), kind="money", sort="left"),
    ],
    order="client",
    search=["number", "client__name", "client__code", "notes"],
    filters=OrderFilter,
    currency="client.currency",
    row_url=_page_of,
    empty=Empty(
        _("No purchase orders yet"),
        _("Enter what a client has ordered; its number is printed on the invoices it pays for."),
        "file-text",
        "billing:order-create",
        _("New purchase order"),
        "clients.add_purchaseorder",
    ),
)


def _signed_net(invoice: Invoice) -> Decimal:
    """Return what the document comes to; a credit note gives back."""
    return -invoice.net if invoice.is_credit_note else invoice.net


INVOICES = Listing[Invoice](
    name="order-invoices",
    columns=[
        Column("number", _("Invoice"), str, link=True, sort="pk"),
        Column("issued_on", _("Date"), kind="day", sort="issued_on"),
        Column("status", _("Status"), "get_status_display", sort="status"),
        Column("taken", _("Of this order"), kind="money", sort="taken"),
        Column("net", _("Net"), _signed_net, kind="money", sort="net", phone="hidden"),
    ],
    order="-number",
    currency="currency",
    empty=Empty(_("No invoice has lines of this order yet")),
)


@require_safe
@permission_required("clients.view_purchaseorder", raise_exception=True)
def orders(request: UserRequest) -> HttpResponseBase:
    """List the orders with what is left of them."""
    rows = PurchaseOrder.objects.visible_to(request.user).select_related("client")
    return ORDERS.respond(request, with_spending(rows), "billing/orders.html")


@require_safe
@permission_required("clients.view_purchaseorder", raise_exception=True)
def order(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show an order: limit, spent, left, and the invoices that it pays for."""
    rows = PurchaseOrder.objects.visible_to(request.user).select_related("client")
    found = get_object_or_404(with_spending(rows), pk=pk)
    context = {"order": found}
    return INVOICES.respond(request, invoices_of(found), "billing/order.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_purchaseorder", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Enter an order."""
    initial = {"client": request.GET.get("client", "")}
    clients = Client.objects.visible_to(request.user).order_by("name")
    form = OrderForm(request.POST or None, initial=initial, clients=clients)
    if form.is_valid():
        return redirect(_page_of(form.save()))
    page = FormPage(
        title=_("New purchase order"),
        back_url=reverse("billing:orders"),
        back_label=_("Purchase orders"),
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_purchaseorder", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change an order; what was invoiced keeps the number it was printed with."""
    found = get_object_or_404(PurchaseOrder.objects.visible_to(request.user), pk=pk)
    form = OrderForm(request.POST or None, instance=found, clients=Client.objects.none())
    if form.is_valid():
        return redirect(_page_of(form.save()))
    page = FormPage(title=str(found), back_url=_page_of(found), back_label=str(found))
    return page.show(request, form)
