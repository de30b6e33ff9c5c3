"""The days on which a contract rests."""

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
from contracts.forms.lifecycle import PauseForm, ResumeForm
from contracts.models import ContractPause
from contracts.operations._pauses import PauseNotPossible
from contracts.operations.change_pause import change_pause
from contracts.operations.pause_contract import pause_contract
from contracts.operations.resume_contract import resume_contract
from contracts.operations.withdraw_pause import withdraw_pause
from contracts.views.contracts import find_contract
from core.form_page import FormPage, answer

CHANGE = "contracts.change_contract"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def pause(request: UserRequest, pk: int) -> HttpResponse:
    """Show the pauses of a contract and take a new one down."""
    found = find_contract(request, pk)
    form = PauseForm(request.POST or None)
    if form.is_valid() and _attempt(
        form, lambda: pause_contract(contract_id=pk, **form.cleaned_data)
    ):
        return _saved(request, pk)
    today = timezone.localdate()
    rows = [
        {"pause": one, "rests": today in one.days, "is_to_come": one.starts_on > today}
        for one in found.pauses.order_by("-starts_on")
    ]
    context = {"contract": found, "form": form, "rows": rows}
    return answer(request, "contracts/pauses.html", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def pause_change(request: UserRequest, pk: int) -> HttpResponse:
    """Shorten, lengthen or move a pause."""
    found = _pause(request, pk)
    initial = {
        "starts_on": found.starts_on,
        "last_day_on": found.last_day_on,
        "reason": found.reason,
    }
    form = PauseForm(request.POST or None, initial=initial)
    if form.is_valid() and _attempt(form, lambda: change_pause(pause_id=pk, **form.cleaned_data)):
        return _saved(request, found.contract_id)
    return _form_page(found, _("Change the pause")).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def pause_resume(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract that rests run again."""
    found = _pause(request, pk)
    form = ResumeForm(request.POST or None, initial={"resumes_on": timezone.localdate()})
    if form.is_valid() and _attempt(
        form, lambda: resume_contract(pause_id=pk, **form.cleaned_data)
    ):
        return _saved(request, found.contract_id)
    return _form_page(found, _("Let the contract run again")).show(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def pause_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a pause back."""
    found = _pause(request, pk)
    withdraw_pause(pause_id=pk)
    return _saved(request, found.contract_id)


def _pause(request: UserRequest, pk: int) -> ContractPause:
    rows = ContractPause.objects.visible_to(request.user).select_related("contract__client")
    found: ContractPause = get_object_or_404(rows, pk=pk)
    return found


def _attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except PauseNotPossible as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


def _saved(request: UserRequest, contract_pk: int) -> HttpResponse:
    messages.success(request, __("Saved. The next billing run settles what this changes."))
    return redirect("contracts:pause", pk=contract_pk)


def _form_page(found: ContractPause, title: str | Promise) -> FormPage:
    contract = found.contract
    return FormPage(
        title,
        contract.get_absolute_url(),
        contract.number,
        lede=found.reason,
        effect_client=contract.client_id,
    )
