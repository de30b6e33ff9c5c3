"""Surcharges and service levels."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from contracts.forms.setup import PolicyForm, SurchargeForm
from contracts.models import SLAPolicy, Surcharge
from contracts.operations.save_sla_policy import save_sla_policy
from contracts.setup_lists import POLICIES, SURCHARGES, policies_with_use
from core.form_page import FormPage


@require_safe
@permission_required("contracts.view_surcharge", raise_exception=True)
def surcharges(request: UserRequest) -> HttpResponseBase:
    """List what hours at unusual times cost more."""
    rows = Surcharge.objects.select_related("calendar")
    return SURCHARGES.respond(request, rows, "contracts/surcharges.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_surcharge", raise_exception=True)
def surcharge_create(request: UserRequest) -> HttpResponse:
    """Add a surcharge."""
    return _surcharge_form(request, SurchargeForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_surcharge", raise_exception=True)
def surcharge_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a surcharge; open work of its days is priced anew."""
    found = get_object_or_404(Surcharge, pk=pk)
    return _surcharge_form(request, SurchargeForm(request.POST or None, instance=found))


@require_safe
@permission_required("contracts.view_slapolicy", raise_exception=True)
def policies(request: UserRequest) -> HttpResponseBase:
    """List the service levels."""
    return POLICIES.respond(request, policies_with_use(), "contracts/policies.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_slapolicy", raise_exception=True)
def policy_create(request: UserRequest) -> HttpResponse:
    """Add a service level."""
    return _policy_form(request, PolicyForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_slapolicy", raise_exception=True)
def policy_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a service level and its times."""
    found = get_object_or_404(SLAPolicy, pk=pk)
    return _policy_form(request, PolicyForm(request.POST or None, instance=found), pk)


def _surcharge_form(request: UserRequest, form: SurchargeForm) -> HttpResponse:
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("contracts:surcharges")
    title = _("Edit surcharge") if form.instance.pk else _("New surcharge")
    back = reverse("contracts:surcharges")
    page = FormPage(title, back, _("Surcharges"), template="contracts/surcharge_form.html")
    return page.show(request, form)


def _policy_form(request: UserRequest, form: PolicyForm, pk: int | None) -> HttpResponse:
    if form.is_valid():
        save_sla_policy(facts=form.facts(), targets=form.targets(), policy_id=pk)
        messages.success(request, __("Saved."))
        return redirect("contracts:policies")
    title = _("Edit service level") if pk else _("New service level")
    back = reverse("contracts:policies")
    page = FormPage(title, back, _("Service levels"), template="contracts/policy_form.html")
    return page.show(request, form)
