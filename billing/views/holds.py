"""Holding back: drafts, and clients of whom nothing is billed for now."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.holds import HoldForm
from billing.models import ClientHold, Invoice
from billing.operations.hold_drafts import hold_drafts
from billing.operations.park_client import park_client
from billing.operations.release_client import release_client
from billing.operations.release_drafts import release_drafts
from billing.views.issuing import selected_ids
from clients.models import Client
from core.form_page import FormPage
from core.listing import BulkAction, Column, Empty, Listing

HOLDS = Listing[ClientHold](
    name="holds",
    columns=[
        Column("client", _("Client"), "client.name", sort="client__name", phone="title",
               cell="billing/cells.html#outcome_client"),
        Column("reason", _("Held because"), sort="reason"),
        Column("held_at", _("Since"), kind="day", sort="held_at"),
        Column("held_by", _("By"), "held_by", phone="hidden"),
    ],
    order="client",
    search=["client__name", "client__code", "reason"],
    row_url=lambda _row: "",
    actions=[
        BulkAction(
            _("Release"), "billing:holds-release", "billing.change_clienthold", icon="player-play"
        )
    ],
    empty=Empty(_("Nobody is on hold"), _("Every client is billed by the runs."), "circle-check"),
)  # fmt: skip


@require_safe
@permission_required("billing.view_clienthold", raise_exception=True)
def holds(request: UserRequest) -> HttpResponseBase:
    """List the clients of whom nothing is billed for now."""
    rows = ClientHold.objects.visible_to(request.user).filter(released_at=None)
    found = rows.select_related("client", "held_by")
    return HOLDS.respond(request, found, "billing/holds.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_clienthold", raise_exception=True)
def park(request: UserRequest, client_pk: int) -> HttpResponse:
    """Ask why, and hold the client back."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    form = HoldForm(request.POST or None)
    if form.is_valid():
        park_client(client_id=client.pk, reason=form.cleaned_data["reason"], actor=request.user)
        text = __("Nothing is billed to %(client)s until you release them.")
        messages.success(request, text % {"client": client})
        return redirect("billing:holds")
    page = FormPage(
        title=__("Hold back %(client)s") % {"client": client},
        back_url=reverse("billing:holds"),
        back_label=_("On hold"),
        submit=_("Hold back"),
        lede=_("Runs leave the client out and no draft of theirs can be issued."),
    )
    return page.show(request, form)


@require_POST
@permission_required("billing.change_clienthold", raise_exception=True)
def release(request: UserRequest) -> HttpResponse:
    """Bill the clients of the selected holds again from the next run on."""
    chosen = ClientHold.objects.visible_to(request.user).filter(pk__in=selected_ids(request))
    clients = Client.objects.visible_to(request.user).filter(billing_holds__in=chosen)
    for client in clients.distinct():
        if release_client(client_id=client.pk, actor=request.user):
            text = __("%(client)s is billed again from the next run on.")
            messages.success(request, text % {"client": client})
    return redirect("billing:holds")


@require_POST
@permission_required("billing.delete_invoice", raise_exception=True)
def hold(request: UserRequest) -> HttpResponse:
    """Hold the selected drafts; without a reason, ask for one."""
    chosen = _selected(request)
    form = HoldForm(request.POST if "reason" in request.POST else None)
    if not chosen:
        messages.warning(request, __("Select the drafts first."))
        return redirect("billing:drafts")
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "ids": chosen}
        return render(request, "billing/hold.html", context, status=status)
    count = hold_drafts(invoice_ids=chosen, reason=form.cleaned_data["reason"], actor=request.user)
    text = ngettext("%(n)d draft is on hold.", "%(n)d drafts are on hold.", count)
    messages.success(request, text % {"n": count})
    return redirect("billing:drafts")


@require_POST
@permission_required("billing.delete_invoice", raise_exception=True)
def let_go(request: UserRequest) -> HttpResponse:
    """Release the selected drafts."""
    count = release_drafts(invoice_ids=_selected(request))
    text = ngettext("%(n)d draft was released.", "%(n)d drafts were released.", count)
    messages.success(request, text % {"n": count})
    return redirect("billing:drafts")


def _selected(request: UserRequest) -> list[int]:
    visible = Invoice.objects.visible_to(request.user).drafts()
    return list(visible.filter(pk__in=selected_ids(request)).values_list("pk", flat=True))
