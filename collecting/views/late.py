"""Late interest and recovery costs on the desk."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import Invoice
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from collecting.forms.late import LateRateForm, LateTermsForm, LateThroughForm
from collecting.late_words import why_not
from collecting.lists import LATE
from collecting.models import LateRate, LateTerms
from collecting.operations.claim_late_charges import (
    CollectingRefused,
    LateWish,
    claim_late_charges,
)
from collecting.operations.remove_late_terms import remove_late_terms
from collecting.operations.set_late_rate import set_late_rate
from collecting.operations.set_late_terms import set_late_terms
from collecting.queries.late import (
    LateAccount,
    has_late_terms,
    late_accounts,
    late_charges_of,
)
from core.form_page import FormPage
from core.money import ZERO

SEE = "collecting.view_latecharge"


@require_safe
@permission_required(SEE, raise_exception=True)
def late(request: UserRequest) -> HttpResponseBase:
    """List the clients that owe something for paying late, as of today."""
    today = firm_today()
    found = late_accounts(today, today, user=request.user)
    rows = [one for one in found if one.claimable]
    context = {"has_terms": has_late_terms(), "missing": _missing(found)}
    return LATE.respond(request, rows, "collecting/late.html", context)


@require_safe
@permission_required(SEE, raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show what a client owes for paying late, stretch by stretch; nothing is written."""
    client = _find(request, client_pk)
    return _page(request, client, *_through(request.GET))


@require_POST
@permission_required("collecting.add_latecharge", raise_exception=True)
def claim(request: UserRequest, client_pk: int) -> HttpResponse:
    """Make a draft of what is ticked."""
    client = _find(request, client_pk)
    through, error = _through(request.POST)
    drafts: list[Invoice] = []
    if not error:
        drafts, error = _claim(request, client, through)
    if error:
        return _page(request, client, through, error)
    return redirect(drafts[0]) if len(drafts) == 1 else redirect("billing:invoices")


def _find(request: UserRequest, client_pk: int) -> Client:
    clients = Client.objects.with_money_visible_to(request.user)
    return get_object_or_404(clients, pk=client_pk)


def _claim(request: UserRequest, client: Client, through: date) -> tuple[list[Invoice], str]:
    """Return the drafts that were made, or why none was."""
    ticked = {int(key) for key in request.POST.getlist("invoice") if key.isdigit()}
    try:
        drafts = claim_late_charges(
            client_id=client.pk,
            wish=LateWish(through, ticked, _shown_sum(request, ticked)),
            today=firm_today(),
            actor=request.user,
            now=timezone.now(),
        )
    except CollectingRefused as refusal:
        return [], str(refusal)
    messages.success(request, _("The draft is made; nothing is sent before you issue it."))
    return drafts, ""


def _shown_sum(request: UserRequest, ticked: set[int]) -> Decimal | None:
    """Return what was shown of the ticked invoices, each beside its tick."""
    try:
        return sum((Decimal(request.POST[f"shown_{key}"]) for key in ticked), ZERO)
    except (ArithmeticError, KeyError):
        return None


def _through(asked: QueryDict) -> tuple[date, str]:
    """Return the day that is asked for, today where none is; and what is wrong with it."""
    today = firm_today()
    if "through" not in asked:
        return today, ""
    form = LateThroughForm(asked)
    if not form.is_valid():
        return today, _("That is no day; what is owed through today is shown.")
    through: date = form.cleaned_data["through"]
    if through > today:
        return today, _("Interest is claimed through today at most.")
    return through, ""


def _page(request: UserRequest, client: Client, through: date, error: str) -> HttpResponse:
    found = late_accounts(through, firm_today(), [client.pk], request.user)
    context = {
        "client": client,
        "accounts": [(one, _shown(one)) for one in found],
        "through": through,
        "form": LateThroughForm(initial={"through": through}),
        "charges": late_charges_of(client, request.user),
        "has_terms": has_late_terms(),
        "error": error,
    }
    return render(request, "collecting/late_client.html", context, status=422 if error else 200)


def _shown(account: LateAccount) -> dict[str, Any]:
    return {
        "claimable": account.claimable,
        "stays": [(one, why_not(one)) for one in account.stays],
    }


def _missing(found: list[LateAccount]) -> str:
    """Say which rate is missing, the first of all."""
    lacking = (one for account in found for one in account.invoices if one.missing)
    return next((why_not(one) for one in lacking), "")


@require_safe
@permission_required("collecting.view_lateterms", raise_exception=True)
def terms(request: UserRequest) -> HttpResponse:
    """Show the terms and the rates by which late interest is worked out."""
    firm = LegalEntity.objects.current()
    context = {
        "terms": LateTerms.objects.visible_to(request.user).select_related("client"),
        "rates": LateRate.objects.all(),
        "printed": firm.penalty_terms,
        "currency": firm.currency,
    }
    return render(request, "collecting/late_terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("collecting.add_lateterms", raise_exception=True)
def terms_create(request: UserRequest) -> HttpResponse:
    """Enter what is agreed about paying late."""
    form = LateTermsForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            set_late_terms(agreed=form.agreed())
        except CollectingRefused as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("Saved. Invoices dated from then on follow it."))
            return redirect("collecting:late-terms")
    return _form_page(_("New terms of late payment")).show(request, form)


@require_POST
@permission_required("collecting.change_lateterms", raise_exception=True)
def terms_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take terms away; what was claimed by them stays claimed."""
    found = get_object_or_404(LateTerms.objects.visible_to(request.user), pk=pk)
    remove_late_terms(terms_id=found.pk)
    messages.success(request, _("The terms are gone; what was claimed by them stays claimed."))
    return redirect("collecting:late-terms")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("collecting.add_laterate", raise_exception=True)
def rate_create(request: UserRequest) -> HttpResponse:
    """Enter the rate of a half-year."""
    form = LateRateForm(request.POST or None)
    if form.is_valid():
        try:
            set_late_rate(**form.cleaned_data)
        except CollectingRefused as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, _("The rate is kept."))
            return redirect("collecting:late-terms")
    return _form_page(_("Rate of a half-year")).show(request, form)


def _form_page(title: str) -> FormPage:
    return FormPage(
        title=title, back_url=reverse("collecting:late-terms"), back_label=_("Terms and rates")
    )
