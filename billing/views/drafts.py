"""Drafts: the inbox, and issuing, refreshing or discarding them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.issuing import IssueForm
from billing.lists import DraftFilter
from billing.models import Charge, Invoice
from billing.operations.discard_draft import NotADraft, discard_draft
from billing.operations.issue_invoices import issue_invoices
from billing.operations.redraft import ClientHeld, redraft
from billing.queries.flags import flags_of, with_flag_facts, with_state_facts
from billing.views.issuing import announce, firm_today, selected_ids
from core.listing import BulkAction, Column, Empty, Listing

DRAFTS = Listing[Invoice](
    name="drafts",
    columns=[
        Column("client", _("Client"), "client.name", sort="client__name", link=True),
        Column("group_label", _("For"), sort="group_label", phone="hidden"),
        Column("as_of_on", _("As of"), kind="day", sort="as_of_on", phone="hidden"),
        Column("lines", _("Lines"), kind="number", sort="lines", phone="hidden"),
        Column("flags", _("To look at"), flags_of, cell="billing/cells.html#flags"),
        Column("net", _("Net"), kind="money", sort="net", total=Sum("net"), phone="hidden"),
        Column("total", _("Total"), kind="money", sort="total", total=Sum("total"), phone="side"),
    ],
    order="client",
    search=["client__name", "client__code", "group_label", "purchase_order"],
    filters=DraftFilter,
    currency="currency",
    actions=[
        BulkAction(
            _("Issue"), "billing:drafts-issue", "billing.issue_invoice", icon="rubber-stamp"
        ),
        BulkAction(
            _("Refresh"), "billing:drafts-refresh", "billing.delete_invoice", icon="refresh"
        ),
        BulkAction(_("Hold"), "billing:drafts-hold", "billing.delete_invoice", icon="player-pause"),
        BulkAction(
            _("Release"), "billing:drafts-release", "billing.delete_invoice", icon="player-play"
        ),
        BulkAction(
            _("Discard"),
            "billing:drafts-discard",
            "billing.delete_invoice",
            question=_("Discard the selected drafts? Their work is due again at the next run."),
            icon="trash",
        ),
    ],
    empty=Empty(
        _("No drafts"),
        _("Everything is issued. A billing run drafts what is due next."),
        "file-plus",
        "billing:run-create",
        _("New billing run"),
        "billing.add_billingrun",
    ),
)


@require_safe
@permission_required("billing.view_invoice", raise_exception=True)
def drafts(request: UserRequest) -> HttpResponseBase:
    """List the drafts with what is odd about them."""
    printed = Charge.objects.lines().filter(invoice=OuterRef("pk")).order_by()
    counted = printed.values("invoice").annotate(found=Count("pk")).values("found")
    rows = with_flag_facts(_visible(request)).annotate(lines=Coalesce(Subquery(counted), 0))
    context = {
        "draft_count": _visible(request).count(),
        "outdated": with_state_facts(_visible(request)).filter(Q(is_stale=True)).count(),
    }
    return DRAFTS.respond(request, rows, "billing/drafts.html", context)


@require_POST
@permission_required("billing.issue_invoice", raise_exception=True)
def issue(request: UserRequest) -> HttpResponse:
    """Issue the selected drafts, or all; without a date, show what would be issued and ask."""
    chosen = _visible(request)
    if "all" not in request.POST:
        chosen = chosen.filter(pk__in=selected_ids(request))
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    if not ids:
        messages.warning(request, __("Select the drafts to issue first."))
        return redirect("billing:drafts")
    form = IssueForm(request.POST if "issued_on" in request.POST else None, today=firm_today())
    if not form.is_valid():
        return _ask(request, ids, form)
    day = form.cleaned_data["issued_on"]
    issuing = issue_invoices(invoice_ids=ids, issued_on=day, actor=request.user)
    announce(request, issuing)
    if issuing.refused:
        context = {"issuing": issuing}
        return render(request, "billing/issued.html", context, status=422)
    if len(issuing.numbers) == 1:
        return redirect(issuing.issued[0])
    return redirect("billing:invoices")


def _ask(request: UserRequest, ids: list[int], form: IssueForm) -> HttpResponse:
    rows = with_flag_facts(_visible(request).filter(pk__in=ids)).order_by("client__name")
    flagged = [(draft, flags_of(draft)) for draft in rows]
    context = {
        "form": form,
        "ids": ids,
        "totals": list(rows.order_by().values("currency").annotate(total=Sum("total"))),
        "flagged": [(draft, flags) for draft, flags in flagged if flags],
    }
    return render(request, "billing/issue.html", context, status=422 if form.is_bound else 200)


@require_POST
@permission_required("billing.delete_invoice", raise_exception=True)
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a draft away; what was on it is due again."""
    draft = get_object_or_404(_visible_at_all(request), pk=pk)
    try:
        discard_draft(invoice_id=pk, actor=request.user)
    except NotADraft as refusal:
        messages.error(request, str(refusal))
        return redirect(draft)
    text = __("The draft for %(client)s was discarded; its work is due again.")
    messages.success(request, text % {"client": draft.client})
    return redirect("billing:drafts")


@require_POST
@permission_required("billing.delete_invoice", raise_exception=True)
def refresh(request: UserRequest, pk: int) -> HttpResponse:
    """Make a draft afresh from the evidence as it is now."""
    draft = get_object_or_404(_visible_at_all(request), pk=pk)
    try:
        fresh = redraft(invoice_id=pk)
    except (NotADraft, ClientHeld) as refusal:
        messages.error(request, str(refusal))
        return redirect(draft)
    if fresh is None:
        messages.info(request, __("Nothing is due any more; the draft is gone."))
        return redirect("billing:drafts")
    messages.success(request, __("The draft was made afresh from the work as it is now."))
    return redirect(fresh)


def _visible(request: UserRequest) -> "QuerySet[Invoice]":
    visible = Invoice.objects.visible_to(request.user).drafts()
    return visible.select_related("client", "legal_entity")


def _visible_at_all(request: UserRequest) -> "QuerySet[Invoice]":
    return Invoice.objects.visible_to(request.user).select_related("client")
