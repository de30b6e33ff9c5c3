"""The journal: its entries, one entry, and what stands on each account."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import Invoice
from clients.models import LegalEntity
from core.doorbell import ring
from ledger.lists import BALANCE, ENTRIES, with_amount
from ledger.models import Account, Entry, EntryLine
from ledger.queries.origin import origin_of
from ledger.queries.waiting import reasons_to_wait


@require_safe
@permission_required("ledger.view_entry", raise_exception=True)
def entries(request: UserRequest) -> HttpResponseBase:
    """List the entries, the latest first, and say what waits to be booked."""
    rows = Entry.objects.visible_to(request.user).select_related("client", "legal_entity")
    context = {"waiting": _waiting()}
    return ENTRIES.respond(request, with_amount(rows), "ledger/entries.html", context)


def _waiting() -> list[str]:
    return [reason for entity in LegalEntity.objects.all() for reason in reasons_to_wait(entity)]


@require_safe
@permission_required("ledger.view_entry", raise_exception=True)
def entry(request: UserRequest, pk: int) -> HttpResponse:
    """Show an entry with its lines, and the way to what it was made of."""
    visible = Entry.objects.visible_to(request.user)
    found = get_object_or_404(
        visible.select_related("client", "legal_entity", "invoice", "chain_entry"), pk=pk
    )
    lines = list(found.lines.select_related("account", "client", "invoice"))
    context = {
        "entry": found,
        "lines": lines,
        "debit": sum(line.debit for line in lines),
        "credit": sum(line.credit for line in lines),
        "has_foreign": any(line.foreign is not None for line in lines),
        "origin": origin_of(found),
    }
    return render(request, "ledger/entry.html", context)


@require_safe
@permission_required("ledger.view_entry", raise_exception=True)
def of_document(request: UserRequest, pk: int) -> HttpResponse:
    """Draw the entries about a document for a place on its page, those of its payments too."""
    document = get_object_or_404(Invoice.objects.visible_to(request.user).issued(), pk=pk)
    lines = EntryLine.objects.filter(entry=OuterRef("pk"), invoice=document)
    about = Entry.objects.visible_to(request.user).filter(Q(invoice=document) | Exists(lines))
    rows = with_amount(about.select_related("legal_entity")).order_by("day", "pk")
    return render(request, "ledger/of_document.html", {"entries": rows})


@require_safe
@permission_required("ledger.view_entry", raise_exception=True)
def balance(request: UserRequest) -> HttpResponseBase:
    """Show the trial balance: both sides of each account, equal in all."""
    rows = Account.objects.select_related("legal_entity")
    return BALANCE.respond(request, rows, "ledger/balance.html")


@require_POST
@permission_required("ledger.add_entry", raise_exception=True)
def post(request: UserRequest) -> HttpResponse:
    """Ask a worker to book at once what the books lack."""
    ring("ledger.tasks.post_books")
    messages.success(request, _("The books are being brought up to date."))
    return redirect("ledger:entries")
