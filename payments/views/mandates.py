"""Mandates: the list, recording one, a mandate's page, its paper, and revoking it."""

from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.views.issuing import firm_today
from clients.models import Client, Mandate
from core.form_page import FormPage
from payments.forms.debits import EndForm, MandateForm
from payments.lists import MANDATES, state_of_mandate
from payments.operations.end_mandate import MandateRefused, end_mandate
from payments.operations.sign_mandate import sign_mandate
from tickets.serving import harmless


@require_safe
@permission_required("clients.view_mandate", raise_exception=True)
def mandates(request: UserRequest) -> HttpResponseBase:
    """List the mandates."""
    rows = Mandate.objects.visible_to(request.user).select_related("client")
    return MANDATES.respond(request, rows, "payments/mandates.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_mandate", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Record a mandate; it takes the place of the one before."""
    clients = Client.objects.with_money_visible_to(request.user).current().order_by("name")
    initial = {"client": request.GET.get("client", ""), "signed_on": firm_today()}
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MandateForm(*posted, clients=clients, initial=initial)
    if form.is_valid():
        client = form.cleaned_data["client"]
        try:
            made = sign_mandate(client_id=client.pk, signed=form.signed(), today=firm_today())
        except MandateRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Mandate %(mandate)s is in force.") % {"mandate": made})
            return redirect(made)
    lede = _("As it stands on the paper that the client signed. An earlier mandate ends with it.")
    page = FormPage(
        _("New mandate"),
        reverse("payments:mandates"),
        _("Mandates"),
        lede=lede,
        template="payments/mandate_form.html",
    )
    return page.show(request, form)


@require_safe
@permission_required("clients.view_mandate", raise_exception=True)
def mandate(request: UserRequest, pk: int) -> HttpResponse:
    """Show a mandate and what was collected by it."""
    form = EndForm(initial={"ended_on": firm_today()})
    return _page(request, _found(request, pk), form)


@require_POST
@permission_required("clients.change_mandate", raise_exception=True)
def end(request: UserRequest, pk: int) -> HttpResponse:
    """Note that the client revoked it."""
    found, form = _found(request, pk), EndForm(request.POST)
    if form.is_valid():
        try:
            end_mandate(mandate_id=found.pk, today=firm_today(), **form.cleaned_data)
        except MandateRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Nothing more is collected by this mandate."))
            return redirect(found)
    return _page(request, found, form)


@require_safe
@permission_required("clients.view_mandate", raise_exception=True)
def document(request: UserRequest, pk: int) -> HttpResponse:
    """Give out the signed paper."""
    found = _found(request, pk)
    if not found.document:
        raise Http404
    with found.document.open("rb") as file:
        name = f"{found.reference.replace('/', '-')}{PurePath(found.document.name or '').suffix}"
        return harmless(file.read(), name)


@require_safe
@permission_required("clients.view_mandate", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show a client's mandates, for a place on their page."""
    clients = Client.objects.with_money_visible_to(request.user)
    client = get_object_or_404(clients, pk=client_pk)
    rows = [(one, state_of_mandate(one)) for one in client.mandates.all()[:5]]
    context = {"client": client, "mandates": rows}
    return render(request, "payments/of_client.html", context)


def _found(request: UserRequest, pk: int) -> Mandate:
    rows = Mandate.objects.visible_to(request.user).select_related("client", "legal_entity")
    return get_object_or_404(rows, pk=pk)


def _page(request: UserRequest, found: Mandate, form: EndForm) -> HttpResponse:
    debits = found.direct_debits.filter(released_at=None).select_related("invoice", "batch")
    context = {
        "mandate": found,
        "state": state_of_mandate(found),
        "form": form,
        "debits": debits.order_by("-batch__collect_on", "-pk")[:50],
    }
    return render(request, "payments/mandate.html", context, status=422 if form.errors else 200)
