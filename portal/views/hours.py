"""A client's hours: what was granted, used, expired and left, and the work behind it."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from billing.hours_shown import shown, shown_draw
from billing.queries.drawdown import drawdown
from clients.models import LegalEntity
from portal import queries


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def allowance(request: HttpRequest, pk: int) -> HttpResponse:
    """Show hours that a contract includes, month by month."""
    return _page(request, pk, is_block=False)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a block that was bought in advance."""
    return _page(request, pk, is_block=True)


def _page(request: HttpRequest, pk: int, *, is_block: bool) -> HttpResponse:
    user = cast(User, request.user)
    today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
    found = (
        one
        for one in queries.balances(user, today=today)
        if one.is_block == is_block and one.row.pk == pk
    )
    balance = next(found, None)
    if balance is None:
        raise Http404
    draws = [shown_draw(balance, one) for one in drawdown(balance)]
    return render(request, "portal/hours.html", {"hours": shown(balance), "draws": draws})
