"""The purchase orders of a client."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from clients.models import Client, PurchaseOrder


@require_safe
@permission_required("clients.view_purchaseorder", raise_exception=True)
def orders_of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show, on a client's page, what they have ordered in writing."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    orders = PurchaseOrder.objects.visible_to(request.user).filter(client=client)
    context = {"client": client, "orders": orders.order_by("is_closed", "-starts_on", "number")}
    return render(request, "clients/orders.html", context)
