"""Lines of a bank statement that are direct debits, for a place on the account's page."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import BankAccount
from billing.views.issuing import selected_ids
from core.display import labelled_text
from payments.operations.book_debits import DebitRefused, PaymentRefused, book_debits
from payments.operations.return_debit import Return, return_debit
from payments.queries.recognised import Recognised, recognised
from payments.return_words import words_of


@require_safe
@permission_required("payments.view_debitbatch", raise_exception=True)
def statement(request: UserRequest, pk: int) -> HttpResponse:
    """Show the lines that are known as direct debits."""
    account = _account(request, pk)
    rows = [
        {"line": one, "why": words_of(one.entry.return_code) if one.is_return else ""}
        for one in recognised(account)
    ]
    template = "payments/statement.html" + ("#lines" if request.headers.get("HX-Request") else "")
    return render(request, template, {"account": account, "rows": rows})


@require_POST
@permission_required("payments.change_directdebit", raise_exception=True)
def book(request: UserRequest, pk: int) -> HttpResponse:
    """Book the ticked lines as they were shown; each by itself, so that one stops no other."""
    account, chosen = _account(request, pk), set(selected_ids(request))
    booked = 0
    for one in recognised(account):
        if one.entry.pk in chosen:
            refusal = _dealt_with(request, one)
            booked += not refusal
            if refusal:
                messages.error(request, labelled_text(one.debits[0], refusal))
    if booked:
        text = ngettext("%(count)s line was booked.", "%(count)s lines were booked.", booked)
        messages.success(request, text % {"count": booked})
    elif not chosen:
        messages.error(request, _("Tick what is to be booked."))
    return redirect(account)


def _dealt_with(request: UserRequest, one: Recognised) -> str:
    """Book one line; return why it could not be, empty when it was."""
    entry = one.entry
    try:
        if one.is_return:
            said = Return(entry.booked_on, entry.return_code[:4], entry.text[:200])
            return_debit(
                debit_id=one.debits[0].pk, said=said, entry_id=entry.pk, actor=request.user
            )
        else:
            book_debits(
                batch_id=one.batch_id,
                booked_on=entry.booked_on,
                debit_ids=[debit.pk for debit in one.debits],
                entry_id=entry.pk,
                actor=request.user,
            )
    except (DebitRefused, PaymentRefused) as refusal:
        return str(refusal)
    return ""


def _account(request: UserRequest, pk: int) -> BankAccount:
    return get_object_or_404(BankAccount.objects.visible_to(request.user), pk=pk)
