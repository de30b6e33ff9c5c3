"""Contracts follow a new revision of their plan, many at once, after a preview."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from contracts.forms.plan import MoveForm
from contracts.models import Contract, PlanRevision
from contracts.moving import movable, moves, offered, together
from contracts.operations._hours import HoursNotAcceptable
from contracts.operations._line_terms import LineNotAcceptable
from contracts.operations._plans import PlanNotAcceptable
from contracts.operations.move_contract import move_contract
from contracts.views.plans import find_revision
from core.periods import add_months


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def move(request: UserRequest, pk: int) -> HttpResponse:
    """Show what a move would change in each contract; move those that are chosen."""
    revision = find_revision(pk)
    initial = {"effective_on": _next_month(), "keeps_own_prices": True}
    typed = request.POST if request.method == "POST" else request.GET
    form = MoveForm(typed if "effective_on" in typed else None, initial=initial)
    if not form.is_valid():
        given = initial if not form.is_bound else None
        return _preview(request, revision, form, given)
    if "move" in request.POST:
        _move_all(request, revision, form.cleaned_data)
        return redirect("contracts:revision", pk)
    return _preview(request, revision, form, form.cleaned_data)


def _preview(
    request: UserRequest,
    revision: PlanRevision,
    form: MoveForm,
    given: dict[str, object] | None,
) -> HttpResponse:
    found = []
    if given is not None:
        day = date.fromisoformat(str(given["effective_on"]))
        rows = movable(Contract.objects.visible_to(request.user), revision, day)
        keeps = bool(given["keeps_own_prices"])
        found = moves(rows, offered(revision), day, keeps_own_prices=keeps)
    context = {
        "form": form,
        "revision": revision,
        "moves": found,
        "totals": together(found),
        "back_url": reverse("contracts:revision", args=[revision.pk]),
    }
    return render(
        request, "contracts/plan_move.html", context, status=422 if given is None else 200
    )


def _move_all(request: UserRequest, revision: PlanRevision, given: dict[str, object]) -> None:
    day = date.fromisoformat(str(given["effective_on"]))
    rows = movable(Contract.objects.visible_to(request.user), revision, day)
    chosen = {int(pk) for pk in request.POST.getlist("contract") if pk.isdecimal()}
    moved = 0
    for pk, number in rows.filter(pk__in=chosen).values_list("pk", "number"):
        try:
            move_contract(
                contract_id=pk,
                revision_id=revision.pk,
                effective_on=day,
                keeps_own_prices=bool(given["keeps_own_prices"]),
            )
        except (PlanNotAcceptable, LineNotAcceptable, HoursNotAcceptable) as refusal:
            told = {"number": number, "why": str(refusal)}
            messages.error(request, __("%(number)s stays as it was: %(why)s") % told)
        else:
            moved += 1
    if moved:
        said = ngettext("%(n)s contract has moved.", "%(n)s contracts have moved.", moved)
        messages.success(request, said % {"n": moved})


def _next_month() -> date:
    return add_months(timezone.localdate().replace(day=1), 1)
