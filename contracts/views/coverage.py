"""The work that a contract includes, prices or excludes."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from contracts.forms.coverage import ContractCoverageForm, CoverageForm
from contracts.models import CoverageEffect, CoverageRule
from contracts.operations._coverage import CoverageNotAcceptable
from contracts.operations.change_coverage import change_coverage
from contracts.operations.end_coverage import end_coverage
from contracts.operations.set_coverage import set_coverage
from contracts.views.contracts import find_contract
from core.form_page import FormPage

KEPT = _("Work that is already billed keeps its price; open work is priced anew.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_coveragerule", raise_exception=True)
def coverage_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Choose which work the fixed price includes, without further conditions."""
    found = find_contract(request, pk)
    simple = found.coverage.filter(
        effect=CoverageEffect.INCLUDED, category=None, site=None, asset_group="", last_day_on=None
    )
    covered = list(simple.values_list("work_type_id", flat=True))
    posted = request.POST if request.method == "POST" else None
    form = CoverageForm(posted, initial={"work_types": covered})
    if form.is_valid():
        chosen = [one.pk for one in form.cleaned_data["work_types"]]
        try:
            set_coverage(
                contract_id=pk, work_type_ids=chosen, starts_on=form.cleaned_data["starts_on"]
            )
        except CoverageNotAcceptable as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, __("Saved."))
            return redirect(found)
    page = FormPage(
        _("Included work"),
        found.get_absolute_url(),
        found.number,
        note=KEPT,
        effect_client=found.client_id,
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_coveragerule", raise_exception=True)
def coverage_rule(request: UserRequest, pk: int) -> HttpResponse:
    """Say from a day on what the contract does about some work."""
    found = find_contract(request, pk)
    initial = {"starts_on": timezone.localdate(), **_of_rule(request)}
    form = ContractCoverageForm(request.POST or None, client=found.client, initial=initial)
    if form.is_valid():
        site = form.cleaned_data["site"]
        try:
            change_coverage(
                contract_id=pk,
                term=form.term(),
                site_id=site.pk if site else None,
                starts_on=form.cleaned_data["starts_on"],
            )
        except CoverageNotAcceptable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, __("Saved."))
            return redirect(found)
    page = FormPage(
        _("What this contract says about some work"),
        found.get_absolute_url(),
        found.number,
        note=KEPT,
        template="contracts/coverage_form.html",
        effect_client=found.client_id,
    )
    return page.show(request, form)


@require_POST
@permission_required("contracts.change_coveragerule", raise_exception=True)
def coverage_end(request: UserRequest, pk: int) -> HttpResponse:
    """Let the contract say nothing about the work from today on."""
    rule = _rule(request, pk)
    end_coverage(rule_id=pk, from_on=timezone.localdate())
    messages.success(request, __("Saved."))
    return redirect(rule.contract)


@require_POST
@permission_required("contracts.change_coveragerule", raise_exception=True)
def coverage_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a rule that is to come, or was never right."""
    rule = _rule(request, pk)
    end_coverage(rule_id=pk, from_on=None)
    messages.success(request, __("Saved."))
    return redirect(rule.contract)


def _rule(request: UserRequest, pk: int) -> CoverageRule:
    rows = CoverageRule.objects.visible_to(request.user).select_related("contract")
    rule: CoverageRule = get_object_or_404(rows, pk=pk)
    return rule


def _of_rule(request: UserRequest) -> dict[str, object]:
    """Return what the form shows of the rule that is to be changed."""
    wanted = request.GET.get("rule", "")
    rows = CoverageRule.objects.visible_to(request.user)
    rule = rows.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if rule is None:
        return {}
    return {
        "work_type": rule.work_type_id,
        "category": rule.category_id,
        "asset_group": rule.asset_group,
        "site": rule.site_id,
        "effect": rule.effect,
        "hourly_rate": None if rule.hourly_rate is None else rule.hourly_rate.normalize(),
    }
