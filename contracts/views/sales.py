"""A plan becomes a contract."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from clients.models import Client
from contracts.forms.line_fields import amount
from contracts.forms.plan import SaleForm
from contracts.models import PlanLine, PlanRevision
from contracts.offer import Sale, sale
from contracts.operations._line_terms import LineNotAcceptable
from contracts.operations._numbers import ContractNotAcceptable
from contracts.operations._plans import PlanNotAcceptable
from contracts.operations.sell_plan import sell_plan
from contracts.queries import firm_currency, next_contract_number
from contracts.views.plans import find_revision


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_contract", raise_exception=True)
def plan_sell(request: UserRequest, pk: int) -> HttpResponse:
    """Make a contract of a revision: choose client, day and quantities, see what it comes to."""
    revision = find_revision(pk)
    lines = list(revision.lines.all())
    form = SaleForm(request.POST or None, lines=lines, initial=_initial(request, revision))
    if form.is_valid():
        try:
            made = sell_plan(
                revision_id=pk,
                client_id=form.cleaned_data["client"].pk,
                number=form.cleaned_data["number"].strip(),
                name=form.cleaned_data["name"],
                starts_on=form.cleaned_data["starts_on"],
                notes=form.cleaned_data["notes"],
                quantities=form.quantities(),
                left_out=form.left_out(),
            )
        except ContractNotAcceptable as refusal:
            form.add_error("number", str(refusal))
        except (PlanNotAcceptable, LineNotAcceptable) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, __("%(contract)s has been added.") % {"contract": made})
            return redirect(made)
    context = {
        "form": form,
        "revision": revision,
        "sale": _sale(request, lines),
        "unreadable": _unreadable(request, lines),
        "back_url": reverse("contracts:revision", args=[pk]),
    }
    return render(
        request, "contracts/plan_sell.html", context, status=422 if form.is_bound else 200
    )


def _initial(request: UserRequest, revision: PlanRevision) -> dict[str, object]:
    return {
        "client": request.GET.get("client"),
        "number": next_contract_number(),
        "name": revision.plan.name,
        "starts_on": timezone.localdate(),
    }


def _sale(request: UserRequest, lines: list[PlanLine]) -> Sale:
    """Return what the sale comes to as it is typed; lines left out do not count."""
    typed = request.POST if request.method == "POST" else request.GET
    is_typing = "number" in typed
    unknown = _unreadable(request, lines)
    sold = [
        line
        for line in lines
        if line not in unknown and (not is_typing or f"sold_{line.pk}" in typed)
    ]
    known = {line.pk: _number(typed.get(f"quantity_{line.pk}", "")) for line in sold}
    quantities = {pk: number for pk, number in known.items() if number is not None}
    client_id = typed.get("client", "")
    clients = Client.objects.visible_to(request.user)
    client = clients.filter(pk=int(client_id)).first() if client_id.isdecimal() else None
    return sale(
        sold,
        client.pk if client else None,
        quantities,
        timezone.localdate(),
        client.currency if client else firm_currency(),
    )


def _unreadable(request: UserRequest, lines: list[PlanLine]) -> list[PlanLine]:
    """Return the lines whose quantity cannot be read as it is typed."""
    typed = request.POST if request.method == "POST" else request.GET
    given = {line: typed.get(f"quantity_{line.pk}", "") for line in lines}
    return [line for line, text in given.items() if text and _number(text) is None]


def _number(text: str) -> Decimal | None:
    try:
        number: Decimal | None = amount(__("Quantity")).clean(text)
    except ValidationError:
        return None
    return number
