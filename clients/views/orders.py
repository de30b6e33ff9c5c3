"""The purchase orders of a client."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from clients.forms.places import PurchaseOrderForm
from clients.models import Client, PurchaseOrder
from core.form_page import FormPage


@require_safe
@permission_required("clients.view_purchaseorder", raise_exception=True)
def orders_of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show, on a client's page, what they have ordered in writing."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    orders = PurchaseOrder.objects.visible_to(request.user).filter(client=client)
    context = {"client": client, "orders": orders.order_by("is_closed", "-starts_on", "number")}
    return render(request, "clients/orders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_purchaseorder", raise_exception=True)
def order_create(request: UserRequest, client_pk: int) -> HttpResponse:
    """Enter an order that a client has sent."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    return _form(request, PurchaseOrderForm(request.POST or None, client=client), client)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_purchaseorder", raise_exception=True)
def order_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change an order, or close it."""
    rows = PurchaseOrder.objects.visible_to(request.user).select_related("client")
    order = get_object_or_404(rows, pk=pk)
    form = PurchaseOrderForm(request.POST or None, instance=order, client=order.client)
    return _form(request, form, order.client)


def _form(request: UserRequest, form: PurchaseOrderForm, client: Client) -> HttpResponse:
    title = _("Edit purchase order") if form.instance.pk else _("New purchase order")
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(client)
    page = FormPage(
        title, client.get_absolute_url(), client.name, template="clients/order_form.html"
    )
    return page.show(request, form)
