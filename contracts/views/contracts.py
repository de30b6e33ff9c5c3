"""Contracts: the list, a contract's page, writing one down, ending it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.models import Client
from contracts.events import tell_promises_changed
from contracts.forms.contract import (
    LINES,
    ContractFactsForm,
    LineFormSet,
    NewContractForm,
)
from contracts.forms.lifecycle import ContractEndForm
from contracts.forms.line import LineForm
from contracts.lists import CONTRACTS, OF_CLIENT, state_on
from contracts.models import Contract
from contracts.operations._line_rules import LineNotAcceptable
from contracts.operations.create_contract import ContractNotAcceptable, create_contract
from contracts.operations.end_contract import ContractNotEndable, end_contract
from contracts.queries import next_contract_number, with_monthly_value
from contracts.reading import coverage_rows, hours_in_force
from contracts.schedule import ZERO, schedule
from contracts.timeline import timeline
from core.form_page import FormAnswer, FormPage
from core.panels import Place, history_url, panels

CHANGE = "contracts.change_contract"
# What other pages do to a contract, once they exist.
ACTIONS = (
    Place(_("Pause"), "player-pause", "contracts:pause", CHANGE),
    Place(_("Price increases"), "trending-up", "contracts:indexation", CHANGE),
    Place(_("Renewal"), "refresh", "contracts:renewal", CHANGE),
    Place(_("Transfer"), "transfer", "billing:contract-transfer", CHANGE),
)
SHOWN_AT_ONCE = 8
PLACES = (Place(_("Hours"), "clock", "billing:hours-of-contract", "contracts.view_contract"),)


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def contracts(request: UserRequest) -> HttpResponseBase:
    """List the contracts with what they are worth a month today."""
    rows = Contract.objects.visible_to(request.user).select_related("client")
    valued = with_monthly_value(rows, timezone.localdate())
    return CONTRACTS.respond(request, valued, "contracts/contracts.html")


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponseBase:
    """List a client's contracts on the client's page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    rows = Contract.objects.visible_to(request.user).filter(client=client).select_related("client")
    return OF_CLIENT.fragment(request, with_monthly_value(rows, timezone.localdate()))


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def contract(request: UserRequest, pk: int) -> HttpResponse:
    """Show a contract: its lines and their prices, what it includes, what it is worth."""
    found = find_contract(request, pk)
    today = timezone.localdate()
    lines = schedule(found, today)
    changes = timeline(found, lines, today)
    past = [change for change in changes if not change.is_to_come]
    context = {
        "contract": found,
        "recurring": [line for line in lines if not line.is_once],
        "once": [line for line in lines if line.is_once],
        "coverage": coverage_rows(found, today),
        "allowances": hours_in_force(found, today),
        "targets": found.sla_policy.targets.all() if found.sla_policy else [],
        "monthly": sum((line.monthly for line in lines), ZERO),
        "state": state_on(found, today),
        "to_come": [change for change in changes if change.is_to_come],
        "past": past[:SHOWN_AT_ONCE],
        "long_past": past[SHOWN_AT_ONCE:],
        "actions": panels(ACTIONS, request, found.pk),
        "panels": panels(PLACES, request, found.pk),
        "history_url": history_url(request, found),
    }
    return render(request, "contracts/contract.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_contract", raise_exception=True)
def contract_create(request: UserRequest) -> HttpResponse:
    """Write down a contract with its first lines and what it includes."""
    if request.method != "POST":
        initial = {
            "client": request.GET.get("client"),
            "number": next_contract_number(),
            "starts_on": timezone.localdate(),
        }
        return _new_contract(request, NewContractForm(initial=initial), LINES())
    form = NewContractForm(request.POST)
    if "more" in request.POST:
        return _new_contract(request, _shown(form), LINES(_with_another_line(request.POST)), 200)
    lines = LINES(request.POST)
    if form.is_valid() and lines.is_valid():
        made = _create(form, lines)
        if made is not None:
            messages.success(request, __("%(contract)s has been added.") % {"contract": made})
            return redirect(made)
    return _new_contract(request, form, lines, 422)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def contract_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what a contract says beside its lines: service level, invoices, rounding, term."""
    found = find_contract(request, pk)
    form = ContractFactsForm(request.POST or None, instance=found)
    number = found.number
    if form.is_valid():
        form.save()
        tell_promises_changed(found.client_id)
        messages.success(request, __("Saved."))
        return redirect(found)
    template = "contracts/contract_form.html"
    page = FormPage(
        _("Edit contract"),
        found.get_absolute_url(),
        number,
        template=template,
        effect_client=found.client_id,
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def contract_end(request: UserRequest, pk: int) -> HttpResponse:
    """Set a contract's last day."""
    found = find_contract(request, pk)
    initial = {
        "last_day_on": found.last_day_on or timezone.localdate(),
        "end_kind": found.end_kind,
        "reason": found.end_reason,
    }
    form = ContractEndForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            end_contract(contract_id=pk, **form.cleaned_data)
        except ContractNotEndable as refusal:
            form.add_error("last_day_on", str(refusal))
        else:
            messages.success(request, __("The contract's last day has been set."))
            return redirect(found)
    page = FormPage(
        _("End the contract"),
        found.get_absolute_url(),
        found.number,
        effect_client=found.client_id,
        submit=_("End the contract"),
        effect_day_of="last_day_on",
        note=_(
            "All lines end with the contract. Days already billed beyond the last one come back "
            "to the client with the next billing run."
        ),
    )
    return page.show(request, form)


@require_POST
@permission_required("contracts.change_contract", raise_exception=True)
def contract_continue(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract run on after all."""
    found = find_contract(request, pk)
    end_contract(contract_id=pk, last_day_on=None)
    messages.success(request, __("The contract runs on; days left out so far are billed."))
    return redirect(found)


def find_contract(request: UserRequest, pk: int) -> Contract:
    """Return a contract that the reader may see."""
    rows = Contract.objects.visible_to(request.user).select_related(
        "client",
        "plan_revision__plan",
        "sla_policy__calendar",
        "site",
        "purchase_order",
        "calendar",
    )
    return get_object_or_404(rows, pk=pk)


def _create(form: NewContractForm, lines: LineFormSet) -> Contract | None:
    given = dict(form.cleaned_data)
    client, coverage = given.pop("client"), given.pop("coverage")
    try:
        return create_contract(
            client_id=client.pk,
            lines=lines.lines(),
            covered_work_type_ids=[one.pk for one in coverage],
            **given,
        )
    except (ContractNotAcceptable, LineNotAcceptable) as refusal:
        form.add_error(None, str(refusal))
        return None


def _new_contract(
    request: UserRequest,
    form: forms.BaseForm,
    lines: LineFormSet,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "lines": lines, "back_url": reverse("contracts:contracts")}
    page = loader.render_to_string("contracts/contract_create.html", context, request)
    return FormAnswer(page, [form, *lines.forms], status)


def _shown(form: NewContractForm) -> NewContractForm:
    """Return the form with what was typed and without complaints, for it is not finished."""
    typed = {name: form[name].data for name in form.fields}
    return NewContractForm(initial=typed)


def _with_another_line(posted: QueryDict) -> QueryDict:
    """Return what was posted with one more line in it, as a page shows an untouched one."""
    grown = posted.copy()
    total = grown.get("form-TOTAL_FORMS", "0")
    number = int(total) if total.isdecimal() else 0
    grown["form-TOTAL_FORMS"] = str(number + 1)
    for name, field in LineForm().fields.items():
        if field.initial is not None:
            grown[f"form-{number}-{name}"] = str(field.initial)
    return grown
