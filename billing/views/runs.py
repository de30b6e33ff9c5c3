"""Billing runs: the list, starting one, and the page that follows it."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.explain_outcome import explain_outcome
from billing.forms.runs import RunForm
from billing.lists import OutcomeFilter
from billing.models import BillingRun, Outcome, RunOutcome
from billing.operations.start_run import RunNotStartable, start_run
from billing.views.issuing import firm_today
from billing.views.proof import proof_of
from clients.models import Client
from core.form_page import FormPage
from core.listing import Column, Empty, Listing


def numbers_of(outcome: RunOutcome) -> str:
    """Return the numbers of a client's documents as text."""
    documents: list[dict[str, object]] = getattr(outcome, "documents", [])
    return ", ".join(str(one["number"] or _("draft")) for one in documents)


RUNS = Listing[BillingRun](
    name="runs",
    columns=[
        Column("as_of_on", _("As of"), kind="day", sort="as_of_on", link=True),
        Column("state", _("State"), "get_state_display", cell="billing/cells.html#run_state"),
        Column("started_at", _("Started"), kind="moment", sort="started_at", phone="hidden"),
        Column("started_by", _("By"), "started_by", phone="hidden"),
        Column("client_count", _("Clients"), kind="number", sort="client_count", phone="hidden"),
        Column("drafted", _("Drafted"), kind="number", sort="drafted"),
        Column("held", _("Held"), kind="number", sort="held"),
    ],
    order="-started_at",
    empty=Empty(
        _("No billing runs yet"),
        _("A run drafts an invoice for every client with something due."),
        "refresh",
        "billing:run-create",
        _("New billing run"),
        "billing.add_billingrun",
    ),
)
OUTCOMES = Listing[RunOutcome](
    name="outcomes",
    columns=[
        Column("client", _("Client"), "client.name", sort="client__name", phone="title",
               cell="billing/cells.html#outcome_client"),
        Column("outcome", _("Outcome"), "get_outcome_display", cell="billing/cells.html#outcome"),
        Column("reason", _("Reason"), explain_outcome, sort="reason"),
        Column("invoices", _("Invoices"), numbers_of, cell="billing/cells.html#outcome_invoices"),
        Column("net", _("Net"), kind="money", sort="net", total=Sum("net")),
        Column("total", _("Total"), kind="money", sort="total", total=Sum("total")),
    ],
    order="client",
    search=["client__name", "client__code", "reason"],
    filters=OutcomeFilter,
    currency="client.currency",
    row_url=lambda _row: "",
    empty=Empty(_("No outcomes yet"), _("They appear while the run works."), "refresh"),
)  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How far a run is, in clients."""

    done: int
    drafted: int
    nothing_due: int
    held: int


@require_safe
@permission_required("billing.view_billingrun", raise_exception=True)
def runs(request: UserRequest) -> HttpResponseBase:
    """List the runs, the latest first."""
    rows = BillingRun.objects.visible_to(request.user).select_related("started_by")
    counted = rows.annotate(drafted=_count_of(Outcome.DRAFTED), held=_count_of(Outcome.HELD))
    return RUNS.respond(request, counted, "billing/runs.html")


def _count_of(outcome: Outcome) -> Coalesce:
    found = (
        RunOutcome.objects.filter(run=OuterRef("pk"), outcome=outcome)
        .order_by()
        .values("run")
        .annotate(found=Count("pk"))
        .values("found")
    )
    return Coalesce(Subquery(found), 0, output_field=IntegerField())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_billingrun", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Start a run; the same run that is still at work is found again instead."""
    visible = Client.objects.visible_to(request.user).order_by("name")
    initial = {"as_of_on": firm_today(), "clients": request.GET.getlist("client")}
    form = RunForm(request.POST or None, initial=initial, clients=visible)
    if not request.user.has_perm("billing.issue_invoice"):
        del form.fields["issues_drafts"]
    if form.is_valid():
        chosen = [client.pk for client in form.cleaned_data["clients"]]
        try:
            run = start_run(
                as_of_on=form.cleaned_data["as_of_on"],
                client_ids=chosen or None,
                issues_drafts=bool(form.cleaned_data.get("issues_drafts")),
                actor=request.user,
            )
        except RunNotStartable as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect(run)
    page = FormPage(
        title=_("New billing run"),
        back_url=reverse("billing:runs"),
        back_label=_("Billing runs"),
        submit=_("Start"),
        lede=_("Drafts everything that is due and on no invoice yet. It can be repeated safely."),
    )
    return page.show(request, form)


@require_safe
@permission_required("billing.view_billingrun", raise_exception=True)
def run(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show a run: how far it is, and each client's outcome."""
    found = get_object_or_404(
        BillingRun.objects.visible_to(request.user).select_related("started_by"), pk=pk
    )
    rows = found.outcomes.with_invoices().select_related("client")
    context: dict[str, object] = {"run": found, "progress": progress_of(found)}
    if found.proved_at:
        context["proof"] = proof_of(found)
    if request.htmx and request.htmx.target == "run-progress":
        context["just_finished"] = found.is_finished
        return render(request, "billing/run.html#progress", context)
    return OUTCOMES.respond(request, rows, "billing/run.html", context)


def progress_of(run: BillingRun) -> Progress:
    """Return how many clients are through, and what came of them."""
    counts = run.outcomes.aggregate(
        done=Count("pk"), **{outcome: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome}
    )
    return Progress(**counts)
