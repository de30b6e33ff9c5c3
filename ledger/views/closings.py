"""Periods that are closed, with their totals, and closing the next one."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.models import Closing
from billing.operations.close_period import ClosingRefused
from billing.views.issuing import firm_today
from clients.models import LegalEntity
from core.display import day_text, money_text
from core.listing import Column, Empty, Listing
from ledger.closing import close_books
from ledger.forms.closing import ClosingForm
from ledger.queries.totals import totals_in_words


def _page_of(closing: Closing) -> str:
    return reverse("ledger:closing", args=[closing.pk])


def _sum_of(name: str) -> "Column[Closing]":
    labels = {
        "invoiced": gettext_lazy("Invoiced"),
        "credited": gettext_lazy("Credited"),
        "received": gettext_lazy("Received"),
    }

    def text(closing: Closing) -> str:
        sums = closing.totals.items()
        return " · ".join(money_text(Decimal(one[name]), currency) for currency, one in sums)

    return Column(name, labels[name], text, phone="hidden" if name != "invoiced" else "side")


CLOSINGS = Listing[Closing](
    name="closings",
    columns=[
        Column("last_day_on", gettext_lazy("Through"), kind="day", link=True, sort="last_day_on"),
        Column("kind", gettext_lazy("Period"), "get_kind_display", sort="kind"),
        Column("starts_on", gettext_lazy("From"), kind="day", sort="starts_on", phone="hidden"),
        _sum_of("invoiced"),
        _sum_of("credited"),
        _sum_of("received"),
        Column("recorded_at", gettext_lazy("Closed on"), kind="moment", sort="recorded_at"),
    ],
    order="-last_day_on",
    row_url=_page_of,
    empty=Empty(
        gettext_lazy("Nothing is closed yet"),
        gettext_lazy("Close a month once its figures have been declared."),
        "lock",
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.view_closing", raise_exception=True)
def closings(request: UserRequest) -> HttpResponseBase:
    """List what is closed, and close the next period."""
    may_close = request.user.has_perm("billing.add_closing")
    companies = LegalEntity.objects.order_by("-is_default", "name")
    if request.method == "POST" and not may_close:
        raise PermissionDenied
    form = ClosingForm(request.POST or None, companies=companies, today=firm_today())
    if form.is_valid():
        try:
            return _close(request, form)
        except ClosingRefused as refusal:
            form.add_error(None, str(refusal))
    rows = Closing.objects.select_related("legal_entity")
    context = {"form": form if may_close and companies.exists() else None}
    answer = CLOSINGS.respond(request, rows, "ledger/closings.html", context)
    if form.is_bound:
        answer.status_code = 422
    return answer


def _close(request: UserRequest, form: ClosingForm) -> HttpResponse:
    entity = form.cleaned_data["company"]
    today = firm_today()
    done = close_books(entity=entity, ending=form.ending(), today=today, actor=request.user)
    text = _("The books are closed through %(day)s.")
    messages.success(request, text % {"day": day_text(done.last_day_on)})
    return redirect(_page_of(done))


@require_safe
@permission_required("billing.view_closing", raise_exception=True)
def closing(request: UserRequest, pk: int) -> HttpResponse:
    """Show a closed period with its totals and the totals since the first document."""
    rows = Closing.objects.select_related("legal_entity", "recorded_by")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "closing": found,
        "totals": totals_in_words(found),
        "link": found.journal_entries.first(),
    }
    return draw(request, "ledger/closing.html", context)
