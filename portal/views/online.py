"""Paying an invoice online."""

from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from accounts.models import User
from payments.checking_out import way_to_pay
from payments.operations.ask_checkout import CheckoutRefused
from payments.stripe_api import PAYMENT_PAGES, Ways
from portal import queries


@require_POST
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the page at Stripe on which what is open is paid."""
    user = cast(User, request.user)
    found = get_object_or_404(queries.invoices(user), pk=pk)
    page = request.build_absolute_uri(reverse("portal:invoice", args=[found.pk]))
    ways = Ways(f"{page}?paid=1", page, get_language() or "", user.email)
    try:
        online = way_to_pay(found.pk, ways, user, timezone.now())
    except CheckoutRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:invoice", pk=found.pk)
    target = urlsplit(online.url)
    if f"{target.scheme}://{target.netloc}" == PAYMENT_PAGES:
        return redirect(online.url)
    # A page under the firm's own name: no form may lead there, a link may.
    return render(request, "portal/pay.html", {"invoice": found, "online": online})
