"""One line of a bank statement: allocated by hand, taken as a return, or set aside."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.payments import ClientChoiceForm, CreditForm
from billing.models import BankEntry, Payment
from billing.operations.book_entry import PaymentRefused, book_entry
from billing.operations.reopen_entry import reopen_entry
from billing.operations.return_entry import return_entry
from billing.operations.set_aside_entry import set_aside_entry
from billing.queries.bank import waiting
from billing.views.payments import open_invoices
from clients.models import Client


@require_safe
@permission_required("billing.view_bankentry", raise_exception=True)
def entry(request: UserRequest, pk: int) -> HttpResponse:
    """Show a line, with the open invoices of the client that is chosen."""
    found = _found(request, pk)
    choice = _choice(request, request.GET if "whose-client" in request.GET else None)
    if choice.is_valid():
        return redirect(f"{request.path}?client={choice.cleaned_data['client'].pk}")
    client = _chosen(request, request.GET.get("client", ""))
    return _page(request, found, client, None, choice if choice.errors else None)


@require_POST
@permission_required("billing.add_payment", raise_exception=True)
def book(request: UserRequest, pk: int) -> HttpResponse:
    """Book a line as money of a client; the oldest invoices first where nothing was said."""
    found = _found(request, pk)
    client = _chosen(request, request.POST.get("client", ""))
    if client is None:
        messages.error(request, _("Choose whose money it is."))
        return redirect(found)
    form = CreditForm(request.POST, invoices=open_invoices(request, client))
    if form.is_valid():
        if "as_credit" not in request.POST:
            form.spread(found.amount)
        try:
            payment = book_entry(
                entry_id=found.pk,
                client_id=client.pk,
                allocations=form.allocations(),
                actor=request.user,
            )
        except PaymentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line was booked as a payment."))
            return redirect(payment)
    return _page(request, found, client, form)


@require_POST
@permission_required("billing.add_reversal", raise_exception=True)
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Reverse the payment that the bank took back by this line."""
    found = _found(request, pk)
    asked = request.POST.get("payment", "")
    payment = get_object_or_404(
        Payment.objects.visible_to(request.user), pk=asked if asked.isdecimal() else 0
    )
    try:
        return_entry(entry_id=found.pk, payment_id=payment.pk, actor=request.user)
    except PaymentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("The payment was reversed; what it paid is open again."))
    return redirect(payment)


@require_POST
@permission_required("billing.change_bankentry", raise_exception=True)
def put_aside(request: UserRequest, pk: int) -> HttpResponse:
    """Mark a line as not about an invoice of ours."""
    found = _found(request, pk)
    try:
        set_aside_entry(entry_id=found.pk, now=timezone.now(), actor=request.user)
    except PaymentRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found.account)


@require_POST
@permission_required("billing.change_bankentry", raise_exception=True)
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Let a line wait again that was set aside."""
    found = reopen_entry(entry_id=_found(request, pk).pk)
    return redirect(found)


def _found(request: UserRequest, pk: int) -> BankEntry:
    visible = BankEntry.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("account", "payment__client", "reversal__payment"), pk=pk
    )


def _choice(
    request: UserRequest, asked: QueryDict | None, client: Client | None = None
) -> ClientChoiceForm:
    """Return the question whose money it is; what is typed may be a code, so it is no key."""
    clients = Client.objects.with_money_visible_to(request.user).order_by("name")
    return ClientChoiceForm(asked, clients=clients, initial={"client": client}, prefix="whose")


def _chosen(request: UserRequest, asked: str) -> Client | None:
    clients = Client.objects.with_money_visible_to(request.user)
    return clients.filter(pk=asked).first() if asked.isdecimal() else None


def _page(
    request: UserRequest,
    found: BankEntry,
    client: Client | None,
    form: CreditForm | None,
    choice: ClientChoiceForm | None = None,
) -> HttpResponse:
    [line] = waiting([found])
    if client and form is None:
        form = CreditForm(invoices=open_invoices(request, client))
    context = {
        "entry": found,
        "line": line,
        "client": client,
        "form": form,
        "choice": choice or _choice(request, None, client),
    }
    status = 422 if choice or (form is not None and form.errors) else 200
    return render(request, "billing/bank_entry.html", context, status=status)
