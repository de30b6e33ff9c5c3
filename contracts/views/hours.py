"""Hours that a contract includes every month, and how much work counts."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from contracts.forms.hours import (
    AllowanceEndForm,
    AllowanceFactsForm,
    AllowanceForm,
    WeightsForm,
    allowance_initial,
    first_of_next_month,
    typed_hours,
)
from contracts.models import Allowance, Contract
from contracts.operations._hours import HoursNotAcceptable
from contracts.operations.add_allowance import add_allowance
from contracts.operations.change_allowance import change_allowance
from contracts.operations.end_allowance import end_allowance
from contracts.operations.remove_allowance import remove_allowance
from contracts.operations.set_draw_weights import set_draw_weights
from contracts.views.contracts import find_contract
from core.form_page import FormPage

CHANGE = "contracts.change_allowance"
FORM = "contracts/allowance_form.html"
KEPT = _("Hours already drawn stay drawn; open work is priced anew.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_allowance", raise_exception=True)
def allowance_add(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract include hours every month."""
    contract = find_contract(request, pk)
    form = AllowanceForm(request.POST or None, initial={"starts_on": contract.starts_on})
    if form.is_valid() and attempt(
        form, lambda: add_allowance(contract_id=pk, allowance=form.new_allowance())
    ):
        return _saved(request, contract)
    return _page(contract, _("Hours a month"), FORM, KEPT).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def allowance_change(request: UserRequest, pk: int) -> HttpResponse:
    """Let other hours follow from a month on."""
    allowance = _find(request, pk)
    initial = allowance_initial(allowance)
    initial["starts_on"] = first_of_next_month(timezone.localdate())
    form = AllowanceForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form, lambda: change_allowance(allowance_id=pk, terms=form.new_allowance())
    ):
        return _saved(request, allowance.contract)
    note = _("The old hours end the day before. What their months have left is carried as agreed.")
    page = _page(allowance.contract, _("Change the hours"), FORM, note, allowance.name)
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def allowance_end(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract include no more hours from a day on."""
    allowance = _find(request, pk)
    initial = {"last_day_on": allowance.last_day_on}
    form = AllowanceEndForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: end_allowance(allowance_id=pk, **form.cleaned_data))
    ):
        return _saved(request, allowance.contract)
    page = _page(allowance.contract, _("End the hours"), lede=allowance.name)
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def allowance_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Rename hours, or say when to warn."""
    allowance = _find(request, pk)
    low = typed_hours(allowance.low_balance_minutes)
    initial = {"name": allowance.name, "low_balance_minutes": low}
    form = AllowanceFactsForm(request.POST or None, initial=initial)
    if form.is_valid():
        form.save(allowance)
        return _saved(request, allowance.contract)
    return _page(allowance.contract, _("Name and warning")).show(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def allowance_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take back hours that were never drawn from."""
    allowance = _find(request, pk)
    try:
        remove_allowance(allowance_id=pk)
    except HoursNotAcceptable as refusal:
        messages.error(request, str(refusal))
        return redirect(allowance.contract)
    return _saved(request, allowance.contract)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_drawweight", raise_exception=True)
def weights_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Say how much of the hours some work takes."""
    contract = find_contract(request, pk)
    rows = contract.draw_weights.values("work_type", "work_role", "factor")
    form = WeightsForm(request.POST or None, initial=[dict(row) for row in rows])
    if form.is_valid() and attempt(
        form, lambda: set_draw_weights(contract_id=pk, weights=form.rows.weights())
    ):
        return _saved(request, contract)
    page = _page(contract, _("How much work counts"), "contracts/weights_form.html", KEPT)
    return page.show(request, form)


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it, and say beside the right field why it cannot be done."""
    try:
        act()
    except HoursNotAcceptable as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _find(request: UserRequest, pk: int) -> Allowance:
    rows = Allowance.objects.visible_to(request.user).select_related("contract__client")
    found: Allowance = get_object_or_404(rows, pk=pk)
    return found


def _saved(request: UserRequest, contract: Contract) -> HttpResponse:
    messages.success(request, __("Saved. The next billing run settles what this changes."))
    return redirect(contract)


def _page(
    contract: Contract,
    title: Promise,
    template: str = "core/form_page.html",
    note: str | Promise = "",
    lede: str = "",
) -> FormPage:
    url = contract.get_absolute_url()
    return FormPage(
        title,
        url,
        contract.number,
        lede=lede,
        note=note,
        template=template,
        effect_client=contract.client_id,
    )
