"""Invoices by hand: writing one, adding lines to a draft, changing and removing them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from billing.forms.by_hand import LINES, ByHandForm, HandLineForm, HandLineFormSet, ReasonForm
from billing.forms.by_hand import said_by as _said_by
from billing.models import HandLine, Invoice
from billing.operations.add_hand_lines import NotADraft, add_hand_lines
from billing.operations.change_hand_line import change_hand_line
from billing.operations.draft_by_hand import HandLineRefused, draft_by_hand
from billing.operations.remove_hand_line import remove_hand_line
from billing.queries.hand_lines import draft_of
from billing.views.issuing import firm_today
from clients.models import Client, PurchaseOrder
from core.form_page import FormPage


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_handline", raise_exception=True)
def create(request: UserRequest, client_pk: int | None = None) -> HttpResponse:
    """Write an invoice by hand; it becomes a draft like any other."""
    form, lines = _form(request, client_pk), _lines(request)
    if request.method != "POST" or "more" in request.POST:
        return _page(request, _unjudged(request, form), lines, None)
    if not (form.is_valid() and lines.is_valid()):
        return _page(request, form, lines, None, 422)
    order = form.cleaned_data["purchase_order"]
    try:
        draft = draft_by_hand(
            client_id=form.cleaned_data["client"].pk,
            lines=lines.lines(),
            reason=form.cleaned_data["reason"],
            as_of_on=firm_today(),
            purchase_order_id=order.pk if order else None,
            actor=request.user,
        )
    except HandLineRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, lines, None, 422)
    messages.success(request, _("The draft is made; nothing is sent before you issue it."))
    return redirect(draft)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_handline", raise_exception=True)
def add(request: UserRequest, pk: int) -> HttpResponse:
    """Add lines by hand to a draft, of a run or of a person."""
    drafts = Invoice.objects.visible_to(request.user).select_related("client")
    draft = get_object_or_404(drafts, pk=pk)
    form, lines = ReasonForm(request.POST or None), _lines(request)
    if request.method != "POST" or "more" in request.POST:
        return _page(request, _unjudged(request, form), lines, draft)
    if not (form.is_valid() and lines.is_valid()):
        return _page(request, form, lines, draft, 422)
    try:
        add_hand_lines(
            invoice_id=pk,
            lines=lines.lines(),
            reason=form.cleaned_data["reason"],
            actor=request.user,
        )
    except (HandLineRefused, NotADraft) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, lines, draft, 422)
    messages.success(request, _("The draft has its new lines."))
    return redirect(draft)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.change_handline", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a line by hand while it stands on a draft."""
    line = get_object_or_404(HandLine.objects.visible_to(request.user), pk=pk)
    form = HandLineForm(request.POST or None, initial=_said_by(line), today=line.starts_on)
    if form.is_valid():
        try:
            return redirect(change_hand_line(hand_line_id=pk, line=form.line()))
        except (HandLineRefused, NotADraft) as refusal:
            form.add_error(None, str(refusal))
    return FormPage(
        title=_("Change the line"),
        back_url=_place_of(line),
        back_label=_("Invoice"),
        lede=line.description,
        note=_("Entered because: %(reason)s") % {"reason": line.reason},
    ).show(request, form)


@require_POST
@permission_required("billing.delete_handline", raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a line by hand off its draft."""
    line = get_object_or_404(HandLine.objects.visible_to(request.user), pk=pk)
    try:
        draft = remove_hand_line(hand_line_id=pk)
    except (HandLineRefused, NotADraft) as refusal:
        messages.error(request, str(refusal))
        return redirect(_place_of(line))
    text = _("“%(line)s” is no longer on the draft.")
    messages.success(request, text % {"line": line.description})
    return redirect(draft)


def _place_of(line: HandLine) -> str:
    found = draft_of(line.pk)
    return reverse("billing:invoice", args=[found]) if found else reverse("billing:drafts")


def _form(request: UserRequest, client_pk: int | None) -> ByHandForm:
    clients = Client.objects.visible_to(request.user).order_by("name")
    chosen = get_object_or_404(clients, pk=client_pk).pk if client_pk else ""
    orders = PurchaseOrder.objects.visible_to(request.user).filter(is_closed=False)
    return ByHandForm(
        request.POST or None,
        initial={"client": chosen},
        clients=clients,
        orders=orders.select_related("client").order_by("client__name", "number"),
    )


def _lines(request: UserRequest) -> HandLineFormSet:
    posted: QueryDict = request.POST
    if "more" in posted:
        posted = _with_another_line(posted)
    return LINES(posted or None, form_kwargs={"today": firm_today()})


def _with_another_line(posted: QueryDict) -> QueryDict:
    grown = posted.copy()
    total = grown.get("form-TOTAL_FORMS", "0")
    grown["form-TOTAL_FORMS"] = str((int(total) if total.isdecimal() else 0) + 1)
    return grown


def _unjudged(request: UserRequest, form: Form) -> Form:
    """Return the form with what was typed and without complaints, where it is not finished."""
    if request.method == "POST":
        form.initial = {name: form[name].data for name in form.fields}
        form.is_bound = False
    return form


def _page(
    request: UserRequest,
    form: Form,
    lines: HandLineFormSet,
    draft: Invoice | None,
    status: int = 200,
) -> HttpResponse:
    back = draft.get_absolute_url() if draft else reverse("billing:invoices")
    context = {"form": form, "lines": lines, "draft": draft, "back_url": back}
    return render(request, "billing/by_hand.html", context, status=status)
