"""The lines of a contract and their versions."""

from collections.abc import Callable
from dataclasses import replace

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
from contracts.forms.line import BILLED, LineForm, LineTermsForm, price_initial
from contracts.forms.version import LineEndForm, VersionForm
from contracts.models import Contract, ContractLine, LineVersion
from contracts.operations._line_rules import LineNotAcceptable
from contracts.operations.add_line import add_line
from contracts.operations.change_line import change_line
from contracts.operations.change_line_terms import change_line_terms
from contracts.operations.correct_version import correct_version
from contracts.operations.end_line import end_line
from contracts.operations.withdraw_line import withdraw_line
from contracts.operations.withdraw_version import withdraw_version
from contracts.views.contracts import find_contract
from core.form_page import FormPage

VERSION_TEMPLATE = "contracts/version_form.html"
LATER_VERSION = _(
    "This line changes again on a later day; what you enter holds until the day before."
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def line_add(request: UserRequest, pk: int) -> HttpResponse:
    """Add a recurring service to a contract."""
    contract = find_contract(request, pk)
    initial = {"starts_on": timezone.localdate()}
    form = LineForm(request.POST or None, client=contract.client, initial=initial)
    if form.is_valid():
        saved = _attempt(form, lambda: add_line(contract_id=pk, line=form.line()))
        if saved:
            return _saved(request, contract)
    page = _page(contract, _("New line"), template="contracts/line_form.html")
    return replace(page, effect_months=1).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def line_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change how a line is sold, as far as nothing has been billed by it."""
    line = _line(request, pk)
    is_billed = line.claims.filter(released_at=None).exists()
    form = LineTermsForm(request.POST or None, line=line, is_billed=is_billed)
    if form.is_valid() and _attempt(form, lambda: change_line_terms(line_id=pk, line=form.line())):
        return _saved(request, line.contract)
    page = _page(
        line.contract,
        _("Terms of the line"),
        "contracts/line_form.html",
        line.description,
        BILLED if is_billed else "",
    )
    return replace(page, effect_day_of="").show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def line_change(request: UserRequest, pk: int) -> HttpResponse:
    """Give a line another quantity or price from a day on."""
    line = _line(request, pk)
    today = timezone.localdate()
    current = line.versions.filter(starts_on__lte=today).order_by("-starts_on").first()
    initial = {"starts_on": today} | (price_initial(current) if current else {})
    form = VersionForm(request.POST or None, line=line, initial=initial)
    if form.is_valid() and _attempt(form, lambda: change_line(line_id=pk, **form.change())):
        return _saved(request, line.contract)
    note = LATER_VERSION if line.versions.filter(starts_on__gt=today).exists() else ""
    page = _page(line.contract, _("Change the line"), VERSION_TEMPLATE, line.description, note)
    return replace(page, effect_months=line.rhythm_months).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def line_end(request: UserRequest, pk: int) -> HttpResponse:
    """Let one service of a contract end."""
    line = _line(request, pk)
    initial = {"last_day_on": line.last_day_on}
    form = LineEndForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _attempt(form, lambda: end_line(line_id=pk, **form.cleaned_data), "last_day_on")
    ):
        return _saved(request, line.contract)
    note = _("Days already billed beyond the last one come back with the next billing run.")
    page = replace(
        _page(line.contract, _("End the line"), lede=line.description, note=note),
        effect_day_of="last_day_on",
        effect_months=line.rhythm_months,
    )
    return page.show(request, form)


@require_POST
@permission_required("contracts.change_contract", raise_exception=True)
def line_continue(request: UserRequest, pk: int) -> HttpResponse:
    """Take back the end of a line: it runs as long as its contract."""
    line = _line(request, pk)
    end_line(line_id=pk, last_day_on=None)
    return _saved(request, line.contract)


@require_POST
@permission_required("contracts.change_contract", raise_exception=True)
def line_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a line that has not begun."""
    line = _line(request, pk)
    try:
        withdraw_line(line_id=pk, today=timezone.localdate())
    except LineNotAcceptable as refusal:
        messages.error(request, str(refusal))
        return redirect(line.contract)
    return _saved(request, line.contract)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def version_correct(request: UserRequest, pk: int) -> HttpResponse:
    """Put right a quantity, price or day that was entered wrongly."""
    version = _version(request, pk)
    known = {name: getattr(version, name) for name in ("starts_on", "effect", "reason")}
    initial = known | price_initial(version)
    form = VersionForm(request.POST or None, line=version.line, initial=initial)
    if form.is_valid() and _attempt(form, lambda: correct_version(version_id=pk, **form.change())):
        return _saved(request, version.line.contract)
    note = _(
        "As if it had been entered like this from the start. To change from a day on, go back."
    )
    contract, line = version.line.contract, version.line
    page = _page(contract, _("Correct"), VERSION_TEMPLATE, line.description, note)
    return replace(page, effect_months=line.rhythm_months).show(request, form)


@require_POST
@permission_required("contracts.change_contract", raise_exception=True)
def version_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a change of a line."""
    version = _version(request, pk)
    try:
        withdraw_version(version_id=pk)
    except LineNotAcceptable as refusal:
        messages.error(request, str(refusal))
        return redirect(version.line.contract)
    return _saved(request, version.line.contract)


def _line(request: UserRequest, pk: int) -> ContractLine:
    rows = ContractLine.objects.visible_to(request.user).select_related("contract__client")
    return get_object_or_404(rows, pk=pk)


def _version(request: UserRequest, pk: int) -> LineVersion:
    rows = LineVersion.objects.visible_to(request.user).select_related("line__contract__client")
    return get_object_or_404(rows, pk=pk)


def _attempt(form: forms.Form, act: Callable[[], object], field: str | None = None) -> bool:
    try:
        act()
    except LineNotAcceptable as refusal:
        named = refusal.field if refusal.field != "tiers" else "tier_0_up_to"
        place = named if named in form.fields else field
        form.add_error(place, str(refusal))
        return False
    return True


def _saved(request: UserRequest, contract: Contract) -> HttpResponse:
    messages.success(request, __("Saved. The next billing run settles what this changes."))
    return redirect(contract)


def _page(
    contract: Contract,
    title: str | Promise,
    template: str = "core/form_page.html",
    lede: str | Promise = "",
    note: str | Promise = "",
) -> FormPage:
    return FormPage(
        title,
        contract.get_absolute_url(),
        contract.number,
        lede=lede,
        note=note,
        template=template,
        effect_client=contract.client_id,
        effect_day_of="starts_on",
    )
