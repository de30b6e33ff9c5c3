"""Managed plans: the list, a plan as an offer, its revisions."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from contracts.forms.plan import PlanFactsForm, PlanForm, RevisionForm
from contracts.lists import PLANS, plans_with_counts
from contracts.models import Contract, ManagedPlan, PlanRevision
from contracts.moving import movable
from contracts.offer import offer
from contracts.operations._line_terms import LineNotAcceptable
from contracts.operations._plans import PlanNotAcceptable
from contracts.operations.change_revision import change_revision
from contracts.operations.create_plan import create_plan
from contracts.operations.discard_revision import discard_revision
from contracts.operations.publish_revision import publish_revision
from contracts.operations.revise_plan import revise_plan
from contracts.queries import firm_currency
from contracts.reading import hours_row, rows_of_rules
from core.form_page import FormPage
from core.panels import history_url

CHANGE = "contracts.change_managedplan"


@require_safe
@permission_required("contracts.view_managedplan", raise_exception=True)
def plans(request: UserRequest) -> HttpResponseBase:
    """List what the firm sells as managed services."""
    rows = plans_with_counts(ManagedPlan.objects.all())
    return PLANS.respond(request, rows, "contracts/plans.html")


@require_safe
@permission_required("contracts.view_managedplan", raise_exception=True)
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """Show a plan by its last revision: the one in preparation, else the one on sale."""
    found = get_object_or_404(ManagedPlan, pk=pk)
    last = found.revisions.select_related("plan", "sla_policy__calendar").latest("number")
    return _show(request, last)


@require_safe
@permission_required("contracts.view_managedplan", raise_exception=True)
def revision(request: UserRequest, pk: int) -> HttpResponse:
    """Show what a revision promises."""
    return _show(request, find_revision(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_managedplan", raise_exception=True)
def plan_create(request: UserRequest) -> HttpResponse:
    """Begin a plan."""
    form = PlanForm(request.POST or None)
    if form.is_valid():
        made = create_plan(**form.cleaned_data)
        messages.success(request, __("The plan is begun: add its lines, then publish it."))
        return redirect(made)
    return FormPage(_("New plan"), reverse("contracts:plans"), _("Plans")).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def plan_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a plan's name, its words and whether it is sold."""
    found = get_object_or_404(ManagedPlan, pk=pk)
    name = found.name
    form = PlanFactsForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(found)
    return FormPage(_("Edit plan"), found.get_absolute_url(), name).show(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def plan_revise(request: UserRequest, pk: int) -> HttpResponse:
    """Prepare a new revision as a copy of the last."""
    found = get_object_or_404(ManagedPlan, pk=pk)
    try:
        made = revise_plan(plan_id=pk)
    except PlanNotAcceptable as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, __("The new revision is a copy of the last: change it, publish it."))
    return redirect("contracts:revision", made.pk)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def revision_publish(request: UserRequest, pk: int) -> HttpResponse:
    """Put a revision on sale; from then on it never changes."""
    find_revision(pk)
    try:
        publish_revision(revision_id=pk, published_on=timezone.localdate())
    except PlanNotAcceptable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, __("Published: contracts can be made of it."))
    return redirect("contracts:revision", pk)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def revision_discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw away a revision in preparation."""
    found = find_revision(pk)
    try:
        discard_revision(revision_id=pk)
    except PlanNotAcceptable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, __("The revision in preparation is thrown away."))
    return redirect(found.plan)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def revision_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Set service level, renewal and other work of a revision in preparation."""
    found = find_revision(pk)
    form = RevisionForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = attempt_plan(form, lambda: change_revision(revision_id=pk, terms=form.terms()))
        if saved:
            return saved_revision(request, pk)
    page = revision_page(found, _("Promises of the plan"), "contracts/revision_form.html")
    return page.show(request, form)


def find_revision(pk: int) -> PlanRevision:
    """Return a revision with its plan and its service level."""
    return get_object_or_404(
        PlanRevision.objects.select_related("plan", "sla_policy__calendar"), pk=pk
    )


def revision_page(found: PlanRevision, title: Any, template: str, lede: str = "") -> FormPage:  # noqa: ANN401  (text or lazy text)
    """Return the page of a form about a revision."""
    back = reverse("contracts:revision", args=[found.pk])
    return FormPage(title, back, str(found), lede=lede, template=template)


def saved_revision(request: UserRequest, pk: int) -> HttpResponse:
    """Say that it was saved and show the revision."""
    messages.success(request, __("Saved."))
    return redirect("contracts:revision", pk)


def attempt_plan(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do it, or say beside the field why not."""
    try:
        act()
    except (PlanNotAcceptable, LineNotAcceptable) as refusal:
        named = refusal.field if refusal.field != "tiers" else "tier_0_up_to"
        form.add_error(named if named in form.fields else None, str(refusal))
        return False
    return True


def _show(request: UserRequest, found: PlanRevision) -> HttpResponse:
    currency = firm_currency()
    lines = offer(found, currency)
    policy = found.sla_policy
    rules = found.coverage.select_related("work_type", "category")
    context = {
        "revision": found,
        "plan": found.plan,
        "currency": currency,
        "recurring": [line for line in lines if not line.is_once],
        "once": [line for line in lines if line.is_once],
        "coverage": rows_of_rules(rules, currency),
        "hours": [
            hours_row(one, currency) for one in found.allowances.prefetch_related("work_types")
        ],
        "targets": policy.targets.all() if policy else [],
        "revisions": found.plan.revisions.order_by("-number"),
        "contracts": found.contracts.visible_to(request.user).count(),
        "older": _older(request, found),
        "may_change": not found.is_published and request.user.has_perm(CHANGE),
        "history_url": history_url(request, found),
    }
    return render(request, "contracts/plan.html", context)


def _older(request: UserRequest, found: PlanRevision) -> int:
    """Return how many contracts could move here today."""
    if not found.is_published:
        return 0
    visible = Contract.objects.visible_to(request.user)
    return movable(visible, found, timezone.localdate()).count()
