"""Bank accounts: reading statements, and going through their open lines."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.domain.statement import UnreadableStatement
from billing.forms.bank import BankAccountForm, StatementForm, agreed
from billing.models import BankAccount, BankEntry
from billing.operations.book_entry import PaymentRefused, book_entry
from billing.operations.import_statement import StatementRefused, import_statement
from billing.operations.set_aside_entry import set_aside_entry
from billing.queries.bank import waiting
from billing.reading import read_upload, words_for
from clients.models import Client
from core.display import day_text, labelled_text
from core.panels import Place, panels

A_PAGE = 200


@require_safe
@permission_required("billing.view_bankentry", raise_exception=True)
def accounts(request: UserRequest) -> HttpResponse:
    """List the firm's bank accounts with how many lines wait on each."""
    rows = BankAccount.objects.visible_to(request.user)
    lines = BankEntry.objects.visible_to(request.user).open().order_by()
    counts = dict(lines.values_list("account").annotate(count=Count("pk")))
    found = [(account, counts.get(account.pk, 0)) for account in rows]
    return render(request, "billing/bank_accounts.html", {"accounts": found})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_bankaccount", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Enter a bank account of the firm."""
    return _edit(request, BankAccount())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.change_bankaccount", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change an account, or how its CSV reads."""
    return _edit(request, get_object_or_404(BankAccount.objects.visible_to(request.user), pk=pk))


def _edit(request: UserRequest, account: BankAccount) -> HttpResponse:
    form = BankAccountForm(request.POST or None, instance=account)
    if form.is_valid():
        return redirect(form.save())
    context = {"form": form, "account": account if account.pk else None}
    status = 422 if form.is_bound else 200
    return render(request, "billing/bank_account.html", context, status=status)


@require_safe
@permission_required("billing.view_bankentry", raise_exception=True)
def bank(request: UserRequest, pk: int) -> HttpResponse:
    """Show the open lines of an account with what each may pay."""
    return _page(request, _account(request, pk), StatementForm())


@require_POST
@permission_required("billing.add_bankstatement", raise_exception=True)
def read(request: UserRequest, pk: int) -> HttpResponse:
    """Read a file of the bank; its lines wait for a person, nothing is booked."""
    account = _account(request, pk)
    form = StatementForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = read_upload(form.cleaned_data["file"], account)
            statement = import_statement(account_id=account.pk, file=file, actor=request.user)
        except UnreadableStatement as fault:
            form.add_error("file", words_for(fault))
        except StatementRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            text = _("%(new)s new lines; %(known)s were known already.")
            known = statement.line_count - statement.new_count
            messages.success(request, text % {"new": statement.new_count, "known": known})
            return redirect(account)
    return _page(request, account, form)


@require_POST
@permission_required("billing.add_payment", raise_exception=True)
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Book the chosen lines as they were shown; each by itself, so that one stops no other."""
    account = _account(request, pk)
    chosen = {int(key) for key in request.POST.getlist("selected") if key.isdecimal()}
    entries = BankEntry.objects.visible_to(request.user).filter(account=account, pk__in=chosen)
    booked = 0
    for entry in entries.order_by("booked_on", "pk"):
        refusal = _dealt_with(request, entry)
        booked += not refusal
        if refusal:
            line = f"{day_text(entry.booked_on)} {entry.name}".strip()
            messages.error(request, labelled_text(line, refusal))
    if booked:
        text = ngettext("%(count)s line was booked.", "%(count)s lines were booked.", booked)
        messages.success(request, text % {"count": booked})
    return redirect(account)


def _dealt_with(request: UserRequest, entry: BankEntry) -> str:
    """Book one line as the person chose; return why it could not be, empty when it was."""
    token = request.POST.get(f"choice_{entry.pk}", "")
    said = agreed(token)
    try:
        if token == "aside":  # noqa: S105  (a choice, no secret)
            set_aside_entry(entry_id=entry.pk, now=timezone.now(), actor=request.user)
        elif said is None or not _knows(request, said[0]):
            return _("Choose what it pays.")
        else:
            client_id, shares = said
            book_entry(
                entry_id=entry.pk, client_id=client_id, allocations=shares, actor=request.user
            )
    except PaymentRefused as refusal:
        return str(refusal)
    return ""


def _knows(request: UserRequest, client_id: int) -> bool:
    return Client.objects.with_money_visible_to(request.user).filter(pk=client_id).exists()


def debits_url(request: UserRequest, account: BankAccount) -> str:
    """Return where the lines that are direct debits are shown, for those who may see them."""
    places = [Place("", "", "payments:statement", "payments.view_debitbatch")]
    return next((one.url for one in panels(places, request, account.pk)), "")


def _account(request: UserRequest, pk: int) -> BankAccount:
    return get_object_or_404(BankAccount.objects.visible_to(request.user), pk=pk)


def _page(request: UserRequest, account: BankAccount, form: StatementForm) -> HttpResponse:
    entries = BankEntry.objects.visible_to(request.user).open().filter(account=account)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "account": account,
        "form": form,
        "page": page,
        "lines": waiting(page.object_list),
        "debits_url": debits_url(request, account),
        "statements": account.statements.select_related("imported_by")[:5],
    }
    status = 422 if form.errors else 200
    return render(request, "billing/bank.html", context, status=status)
