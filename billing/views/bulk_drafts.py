"""Discarding and refreshing many drafts at once."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from billing.models import Invoice
from billing.operations.discard_draft import NotADraft, discard_draft
from billing.operations.redraft import ClientHeld, redraft
from billing.queries.flags import with_state_facts
from billing.views.issuing import selected_ids
from core.doorbell import ring

AT_ONCE = 50
REDRAFT = "billing.tasks.redraft_invoice"


@require_POST
@permission_required("billing.delete_invoice", raise_exception=True)
def discard(request: UserRequest) -> HttpResponse:
    """Throw the selected drafts away; what was on them is due again."""
    count = 0
    for draft in _selected(request):
        try:
            discard_draft(invoice_id=draft.pk, actor=request.user)
            count += 1
        except (NotADraft, Invoice.DoesNotExist):
            continue
    text = ngettext(
        "%(n)d draft was discarded; its work is due again.",
        "%(n)d drafts were discarded; their work is due again.",
        count,
    )
    messages.success(request, text % {"n": count})
    return redirect("billing:drafts")


@require_POST
@permission_required("billing.delete_invoice", raise_exception=True)
def refresh(request: UserRequest) -> HttpResponse:
    """Make the selected drafts afresh, or all that are out of date; many are left to workers."""
    if "outdated" in request.POST:
        drafts = with_state_facts(_drafts(request)).filter(Q(is_stale=True))
    else:
        drafts = _selected(request)
    ids = list(drafts.order_by("pk").values_list("pk", flat=True))
    if len(ids) > AT_ONCE:
        for pk in ids:
            ring(REDRAFT, invoice_id=pk)
        text = _("%(n)d drafts are being made afresh; you can leave this page.")
        messages.info(request, text % {"n": len(ids)})
    else:
        _refresh(request, ids)
    return redirect("billing:drafts")


def _refresh(request: UserRequest, ids: list[int]) -> None:
    count = 0
    for pk in ids:
        try:
            redraft(invoice_id=pk)
            count += 1
        except (NotADraft, ClientHeld) as refusal:
            messages.error(request, str(refusal))
        except Invoice.DoesNotExist:
            continue
    text = ngettext("%(n)d draft was made afresh.", "%(n)d drafts were made afresh.", count)
    messages.success(request, text % {"n": count})


def _drafts(request: UserRequest) -> "QuerySet[Invoice]":
    return Invoice.objects.visible_to(request.user).drafts()


def _selected(request: UserRequest) -> "QuerySet[Invoice]":
    return _drafts(request).filter(pk__in=selected_ids(request))
