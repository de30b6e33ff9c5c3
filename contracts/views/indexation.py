"""Price increases: the clauses of a contract, and the steps that are due over all contracts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from contracts.forms.indexation import (
    ClauseForm,
    DecideForm,
    NewBaseForm,
    UntilForm,
    steps_named,
)
from contracts.indexing import (
    base_offered,
    due_clause_ids,
    due_steps,
    next_step_on,
    with_parts,
)
from contracts.indexing_text import clause_text, decided_lines, raise_text
from contracts.models import ChangeEffect, ContractLine, Indexation, IndexationClause
from contracts.operations._indexation import IndexationNotPossible
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.leave_out_indexation import leave_out_indexation
from contracts.operations.set_index_base import set_index_base
from contracts.operations.undo_indexation import undo_indexation
from contracts.views.contracts import find_contract
from core.form_page import FormPage

CHANGE = "contracts.change_contract"
MOST_CLAUSES = 100


@require_safe
@permission_required("contracts.view_indexation", raise_exception=True)
def indexations(request: UserRequest) -> HttpResponse:
    """Show the increases due through a day over all contracts, worked out line by line."""
    form = UntilForm(request.GET or None)
    today = timezone.localdate()
    until = (form.cleaned_data["until"] if form.is_valid() else None) or today
    visible = IndexationClause.objects.visible_to(request.user)
    ids = due_clause_ids(visible, until)
    clauses = with_parts(IndexationClause.objects.filter(pk__in=ids[:MOST_CLAUSES]))
    steps = due_steps(clauses, until)
    totals: dict[str, Any] = {}
    for step in steps:
        currency = step.clause.contract.client.currency
        totals[currency] = totals.get(currency, 0) + step.monthly
    context = {
        "form": UntilForm(initial={"until": until}),
        "until": until,
        "rows": [_row(step) for step in steps],
        "totals": totals,
        "beyond": max(0, len(ids) - MOST_CLAUSES),
        "effects": ChangeEffect.choices,
    }
    return render(request, "contracts/indexations.html", context)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def indexations_decide(request: UserRequest) -> HttpResponse:
    """Apply the ticked increases, or leave them out; what is refused says why."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, __("Choose whether to apply the increases or to leave them out."))
        return redirect("contracts:indexations")
    visible = IndexationClause.objects.visible_to(request.user)
    named = steps_named(request.POST.getlist("step"))
    known = set(visible.filter(pk__in=[pk for _day, pk in named]).values_list("pk", flat=True))
    done = 0
    for day, pk in named:
        if pk not in known:
            continue
        try:
            _decide(form, clause_id=pk, effective_on=day, actor=request.user)
            done += 1
        except IndexationNotPossible as refusal:
            messages.error(request, str(refusal))
    if not named:
        messages.error(request, __("Tick the increases first."))
    elif done:
        messages.success(request, _done_text(form.cleaned_data["act"], done))
    return redirect(_where_from(form))


@require_safe
@permission_required("contracts.view_indexation", raise_exception=True)
def indexation(request: UserRequest, pk: int) -> HttpResponse:
    """Show by what a contract's prices rise, what is due and what was decided."""
    found = find_contract(request, pk)
    today = timezone.localdate()
    clauses = list(with_parts(IndexationClause.objects.filter(contract=found)))
    decided = found.indexations.select_related("decided_by", "clause__table").order_by(
        "-effective_on"
    )
    context = {
        "contract": found,
        "clauses": [{"clause": clause, "text": clause_text(clause)} for clause in clauses],
        "rows": [_row(step) for step in due_steps(clauses, today)],
        "decided": [{"step": step, "lines": decided_lines(step.basis)} for step in decided],
        "today": today,
    }
    return render(request, "contracts/indexation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_indexationclause", raise_exception=True)
def clause_add(request: UserRequest, pk: int) -> HttpResponse:
    """Agree that a contract's prices rise."""
    found = find_contract(request, pk)
    form = ClauseForm(request.POST or None, contract=found)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("contracts:indexation", pk=pk)
    return _clause_page(found, _("New increase clause")).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_indexationclause", raise_exception=True)
def clause_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change how a contract's prices rise from the next step on."""
    clause = _clause(request, pk)
    contract = clause.contract
    upcoming = next_step_on(clause, timezone.localdate())
    form = ClauseForm(request.POST or None, instance=clause, contract=contract)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("contracts:indexation", pk=contract.pk)
    note = (
        _("Steps already decided stay as they were; the clause counts for those to come.")
        if clause.steps.exists()
        else ""
    )
    page = _clause_page(contract, _("Increase clause"), note)
    shown_from = upcoming + timedelta(days=1) if upcoming else None
    return replace(page, effect_from=shown_from).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_indexationclause", raise_exception=True)
def index_base(request: UserRequest, pk: int, line_pk: int) -> HttpResponse:
    """Say from which price and value the steps of a line start anew."""
    clause = with_parts(IndexationClause.objects.filter(pk=_clause(request, pk).pk)).get()
    lines = ContractLine.objects.visible_to(request.user).filter(contract=clause.contract)
    line = get_object_or_404(lines.prefetch_related("versions"), pk=line_pk)
    form = NewBaseForm(
        request.POST or None, initial=base_offered(clause, line, timezone.localdate())
    )
    if form.is_valid():
        try:
            set_index_base(clause_id=pk, line_id=line_pk, actor=request.user, **form.cleaned_data)
        except IndexationNotPossible as refusal:
            form.add_error("month_on", str(refusal))
        else:
            messages.success(request, __("Saved."))
            return redirect("contracts:indexation", pk=clause.contract_id)
    page = FormPage(
        _("New base"),
        reverse("contracts:indexation", args=[clause.contract_id]),
        clause.contract.number,
        lede=line.description,
        note=_(
            "A price agreed by hand has a level of its own. From here on its steps are: this price "
            "× new value / base value."
        ),
    )
    return page.show(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def indexation_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take the last decision of a clause back."""
    rows = Indexation.objects.visible_to(request.user)
    step: Indexation = get_object_or_404(rows, pk=pk)
    try:
        undo_indexation(indexation_id=pk)
    except IndexationNotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, __("Taken back; the step is to be decided again."))
    return redirect("contracts:indexation", pk=step.contract_id)


def _where_from(form: DecideForm) -> str:
    """Return the page on which the steps were ticked."""
    contract, until = form.cleaned_data["contract"], form.cleaned_data["until"]
    if contract:
        return reverse("contracts:indexation", args=[contract])
    back = reverse("contracts:indexations")
    return f"{back}?{urlencode({'until': until})}" if until else back


def _decide(form: DecideForm, **step: Any) -> None:  # noqa: ANN401  (clause, day and person)
    if form.cleaned_data["act"] == DecideForm.LEAVE_OUT:
        leave_out_indexation(**step)
        return
    effect = form.cleaned_data["effect"] or ChangeEffect.IMMEDIATE
    apply_indexation(effect=effect, **step)


def _done_text(act: str, n: int) -> str:
    if act == DecideForm.LEAVE_OUT:
        return ngettext("%(n)s increase left out.", "%(n)s increases left out.", n) % {"n": n}
    return ngettext(
        "%(n)s increase applied. The next billing run settles months already billed.",
        "%(n)s increases applied. The next billing run settles months already billed.",
        n,
    ) % {"n": n}


def _row(step: Any) -> dict[str, Any]:  # noqa: ANN401  (a DueStep)
    return {
        "step": step,
        "clause": clause_text(step.clause),
        "lines": [raise_text(step, one) for one in step.lines],
    }


def _clause(request: UserRequest, pk: int) -> IndexationClause:
    rows = IndexationClause.objects.visible_to(request.user)
    found: IndexationClause = get_object_or_404(rows.select_related("contract__client"), pk=pk)
    return found


def _clause_page(contract: Any, title: Any, note: Any = "") -> FormPage:  # noqa: ANN401  (lazy texts)
    return FormPage(
        title,
        reverse("contracts:indexation", args=[contract.pk]),
        contract.number,
        note=note,
        template="contracts/clause_form.html",
        effect_client=contract.client_id,
        effect_day_of="first_on",
        effect_months=1,
    )
