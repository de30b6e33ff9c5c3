"""What a revision of a plan is made of: lines, coverage and hours."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from contracts.forms.coverage import CoverageTermForm
from contracts.forms.line import SoldLineForm, terms_initial
from contracts.forms.plan import PlanAllowanceForm
from contracts.models import PlanAllowance, PlanCoverage, PlanLine
from contracts.operations._plans import PlanNotAcceptable
from contracts.operations.remove_plan_allowance import remove_plan_allowance
from contracts.operations.remove_plan_coverage import remove_plan_coverage
from contracts.operations.remove_plan_line import remove_plan_line
from contracts.operations.save_plan_allowance import save_plan_allowance
from contracts.operations.save_plan_coverage import save_plan_coverage
from contracts.operations.save_plan_line import save_plan_line
from contracts.views.plans import (
    CHANGE,
    attempt_plan,
    find_revision,
    revision_page,
    saved_revision,
)

LINE_FORM = "contracts/plan_line_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def plan_line_add(request: UserRequest, pk: int) -> HttpResponse:
    """Add a line to a revision in preparation."""
    found = find_revision(pk)
    form = SoldLineForm(request.POST or None)
    if form.is_valid() and attempt_plan(
        form, lambda: save_plan_line(revision_id=pk, line=form.sold_line())
    ):
        return saved_revision(request, pk)
    return revision_page(found, _("New line of the plan"), LINE_FORM).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def plan_line_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a line of a revision in preparation."""
    line = get_object_or_404(PlanLine.objects.select_related("revision__plan"), pk=pk)
    found = line.revision
    form = SoldLineForm(request.POST or None, initial=terms_initial(line))
    if form.is_valid() and attempt_plan(
        form, lambda: save_plan_line(revision_id=found.pk, line=form.sold_line(), line_id=pk)
    ):
        return saved_revision(request, found.pk)
    page = revision_page(found, _("Line of the plan"), LINE_FORM, line.description)
    return page.show(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def plan_line_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a line out of a revision in preparation."""
    line = get_object_or_404(PlanLine, pk=pk)
    try:
        remove_plan_line(line_id=pk)
    except PlanNotAcceptable as refusal:
        messages.error(request, str(refusal))
    return redirect("contracts:revision", line.revision_id)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def plan_coverage(request: UserRequest, pk: int) -> HttpResponse:
    """Say what the plan does about some work; what it said before about it is replaced."""
    found = find_revision(pk)
    form = CoverageTermForm(request.POST or None, initial=_of_rule(request, pk))
    if form.is_valid() and attempt_plan(
        form, lambda: save_plan_coverage(revision_id=pk, term=form.term())
    ):
        return saved_revision(request, pk)
    title = _("What the plan says about some work")
    return revision_page(found, title, "contracts/coverage_form.html").show(request, form)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def plan_coverage_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Let a revision in preparation say nothing about the work."""
    rule = get_object_or_404(PlanCoverage, pk=pk)
    try:
        remove_plan_coverage(coverage_id=pk)
    except PlanNotAcceptable as refusal:
        messages.error(request, str(refusal))
    return redirect("contracts:revision", rule.revision_id)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def plan_hours_add(request: UserRequest, pk: int) -> HttpResponse:
    """Let a revision in preparation include hours."""
    found = find_revision(pk)
    return _hours(request, PlanAllowanceForm(request.POST or None), found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def plan_hours_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change the hours of a revision in preparation."""
    allowance = get_object_or_404(PlanAllowance, pk=pk)
    form = PlanAllowanceForm(request.POST or None, instance=allowance)
    return _hours(request, form, allowance.revision_id, pk)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def plan_hours_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take hours out of a revision in preparation."""
    allowance = get_object_or_404(PlanAllowance, pk=pk)
    try:
        remove_plan_allowance(allowance_id=pk)
    except PlanNotAcceptable as refusal:
        messages.error(request, str(refusal))
    return redirect("contracts:revision", allowance.revision_id)


def _hours(
    request: UserRequest, form: PlanAllowanceForm, revision_id: int, allowance_id: int | None = None
) -> HttpResponse:
    if form.is_valid() and attempt_plan(
        form,
        lambda: save_plan_allowance(
            revision_id=revision_id,
            terms=form.terms(),
            work_type_ids=[one.pk for one in form.cleaned_data["work_types"]],
            allowance_id=allowance_id,
        ),
    ):
        return saved_revision(request, revision_id)
    page = revision_page(
        find_revision(revision_id), _("Hours of the plan"), "contracts/hours_form.html"
    )
    return page.show(request, form)


def _of_rule(request: UserRequest, revision_id: int) -> dict[str, object]:
    """Return what the form shows of the rule that is to be changed."""
    wanted = request.GET.get("rule", "")
    rules = PlanCoverage.objects.filter(revision=revision_id)
    rule = rules.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if rule is None:
        return {}
    return {
        "work_type": rule.work_type_id,
        "category": rule.category_id,
        "asset_group": rule.asset_group,
        "effect": rule.effect,
        "hourly_rate": None if rule.hourly_rate is None else rule.hourly_rate.normalize(),
    }
