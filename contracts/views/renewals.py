"""The term of a contract: renewing it, ending it, and notice."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from contracts.domain.renewal import last_notice_day, next_term_end
from contracts.forms.lifecycle import EndAtTermForm, NoticeForm, RenewalTermsForm, RenewForm
from contracts.models import Contract
from contracts.operations._ending import ContractNotEndable
from contracts.operations._renewing import RenewalNotPossible
from contracts.operations.end_at_term import end_at_term
from contracts.operations.receive_notice import receive_notice
from contracts.operations.renew_contract import renew_contract
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.withdraw_notice import withdraw_notice
from contracts.terms import last_day_after_notice, running_term
from contracts.views.contracts import find_contract
from core.display import day_text
from core.form_page import FormPage, answer

CHANGE = "contracts.change_contract"
ONE_DAY = timedelta(days=1)


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def renewal(request: UserRequest, pk: int) -> HttpResponse:
    """Show the term of a contract with what can be decided about it."""
    return _page(request, find_contract(request, pk))


@require_POST
@permission_required(CHANGE, raise_exception=True)
def renewal_renew(request: UserRequest, pk: int) -> HttpResponse:
    """Renew a contract for another term."""
    found = find_contract(request, pk)
    form = RenewForm(request.POST, prefix="renew")
    if form.is_valid():
        today = timezone.localdate()
        try:
            made = renew_contract(
                contract_id=pk, decided_on=today, actor=request.user, **form.cleaned_data
            )
        except RenewalNotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            day = day_text(made.next_term_ends_on) if made.next_term_ends_on else ""
            messages.success(request, __("Renewed through %(day)s.") % {"day": day})
            return redirect(found)
    return _page(request, found, renew=form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def renewal_end(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract end with its term."""
    found = find_contract(request, pk)
    form = EndAtTermForm(request.POST, prefix="end")
    if form.is_valid():
        today = timezone.localdate()
        try:
            end_at_term(contract_id=pk, decided_on=today, actor=request.user, **form.cleaned_data)
        except (RenewalNotPossible, ContractNotEndable) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, __("The contract ends with its term."))
            return redirect(found)
    return _page(request, found, end=form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def notice_receive(request: UserRequest, pk: int) -> HttpResponse:
    """Take a client's notice down."""
    found = find_contract(request, pk)
    form = NoticeForm(request.POST, prefix="notice")
    if form.is_valid():
        try:
            ended = receive_notice(contract_id=pk, actor=request.user, **form.cleaned_data)
        except (RenewalNotPossible, ContractNotEndable) as refusal:
            form.add_error(None, str(refusal))
        else:
            day = day_text(ended.last_day_on) if ended.last_day_on else ""
            messages.success(request, __("The contract ends on %(day)s.") % {"day": day})
            return redirect(found)
    return _page(request, found, notice=form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def notice_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract run on whose notice was taken back."""
    found = find_contract(request, pk)
    try:
        withdraw_notice(contract_id=pk)
    except ContractNotEndable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, __("The notice is withdrawn; the contract runs on."))
    return redirect("contracts:renewal", pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def renewal_terms(request: UserRequest, pk: int) -> HttpResponse:
    """Agree on term, notice and renewal."""
    found = find_contract(request, pk)
    form = RenewalTermsForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            set_renewal_terms(contract_id=pk, today=timezone.localdate(), **form.cleaned_data)
        except RenewalNotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, __("Saved."))
            return redirect("contracts:renewal", pk=pk)
    page = FormPage(
        _("Term and renewal"),
        found.get_absolute_url(),
        found.number,
        template="contracts/renewal_terms.html",
        effect_client=found.client_id,
    )
    return page.show(request, form)


def _page(request: UserRequest, contract: Contract, **bound: forms.Form) -> HttpResponse:
    term = running_term(contract)
    today = timezone.localdate()
    ends_on = last_day_after_notice(contract, today)
    initial = {"term_ends_on": contract.term_ends_on, "uplift": contract.renewal_uplift}
    context = {
        "contract": contract,
        "last_notice_on": last_notice_day(term) if term else None,
        "next_ends_on": next_term_end(term) if term else None,
        "ends_after_notice_on": ends_on,
        "after_notice_on": ends_on + ONE_DAY,
        "after_term_on": term.ends_on + ONE_DAY if term else None,
        "today": today,
        "renewals": contract.renewals.select_related("decided_by"),
        "renew": RenewForm(prefix="renew", initial=initial),
        "end": EndAtTermForm(prefix="end"),
        "notice": NoticeForm(prefix="notice", initial={"received_on": today}),
        **bound,
    }
    return answer(request, "contracts/renewal.html", context, *bound.values())
