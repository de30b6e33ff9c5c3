"""The chart of accounts, what each account is used for, the fiscal year, exchange rates."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import ExchangeRate
from clients.models import LegalEntity
from core.form_page import FormPage
from ledger.forms.chart import AccountForm, BookForm, RuleForm
from ledger.models import Account, AccountPurpose, AccountRule, Book
from ledger.operations.open_book import open_book

BACK = _("Chart of accounts")


def _chart_of(entity: LegalEntity) -> str:
    return reverse("ledger:chart", args=[entity.pk])


@require_safe
@permission_required("ledger.view_account", raise_exception=True)
def charts(request: UserRequest) -> HttpResponse:
    """Lead to the chart of the firm's usual company."""
    entity = LegalEntity.objects.order_by("-is_default", "pk").first()
    return redirect(_chart_of(entity)) if entity else render(request, "ledger/no_company.html")


@require_safe
@permission_required("ledger.view_account", raise_exception=True)
def chart(request: UserRequest, pk: int) -> HttpResponse:
    """Show the accounts of a company, which is used for what, and its fiscal year."""
    entity = get_object_or_404(LegalEntity, pk=pk)
    context = {
        "entity": entity,
        "book": Book.objects.filter(legal_entity=entity).first(),
        "accounts": Account.objects.filter(legal_entity=entity),
        "rules": _rules_of(entity),
        "rates": ExchangeRate.objects.visible_to(request.user)[:50],
        "others": LegalEntity.objects.exclude(pk=entity.pk).order_by("name"),
    }
    return render(request, "ledger/chart.html", context)


def _rules_of(entity: LegalEntity) -> list[AccountRule]:
    """Return the rules in the order of what they are for: the general ones first."""
    rules = AccountRule.objects.filter(legal_entity=entity).select_related(
        "account", "bank_account"
    )
    places = {purpose: place for place, purpose in enumerate(AccountPurpose.values)}
    return sorted(rules, key=lambda one: (places[one.purpose], one.account.number, one.starts_on))


@require_POST
@permission_required("ledger.add_account", raise_exception=True)
def begin(_request: UserRequest, pk: int) -> HttpResponse:
    """Give a company its book with the usual accounts."""
    entity = get_object_or_404(LegalEntity, pk=pk)
    open_book(entity_id=entity.pk)
    return redirect(_chart_of(entity))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ledger.add_account", raise_exception=True)
def account_create(request: UserRequest, pk: int) -> HttpResponse:
    """Add an account to a company's chart."""
    entity = get_object_or_404(LegalEntity, pk=pk)
    form = AccountForm(request.POST or None, entity=entity)
    return _answer(request, form, entity, FormPage(_("New account"), _chart_of(entity), BACK))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ledger.change_account", raise_exception=True)
def account(request: UserRequest, pk: int) -> HttpResponse:
    """Rename an account."""
    found = get_object_or_404(Account.objects.select_related("legal_entity"), pk=pk)
    entity = found.legal_entity
    form = AccountForm(request.POST or None, instance=found, entity=entity)
    return _answer(request, form, entity, FormPage(str(found), _chart_of(entity), BACK))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ledger.add_accountrule", raise_exception=True)
def rule_create(request: UserRequest, pk: int) -> HttpResponse:
    """Say for what an account is used from a day on."""
    entity = get_object_or_404(LegalEntity, pk=pk)
    form = RuleForm(request.POST or None, entity=entity)
    return _answer(request, form, entity, FormPage(_("New rule"), _chart_of(entity), BACK))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ledger.change_accountrule", raise_exception=True)
def rule(request: UserRequest, pk: int) -> HttpResponse:
    """Change a rule; what is booked already stays where it is."""
    found = get_object_or_404(AccountRule.objects.select_related("legal_entity", "account"), pk=pk)
    entity = found.legal_entity
    form = RuleForm(request.POST or None, instance=found, entity=entity)
    return _answer(request, form, entity, FormPage(str(found), _chart_of(entity), BACK))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ledger.change_book", raise_exception=True)
def book(request: UserRequest, pk: int) -> HttpResponse:
    """Say when the fiscal year begins, and whether revenue is deferred."""
    found = get_object_or_404(Book.objects.select_related("legal_entity"), pk=pk)
    form = BookForm(request.POST or None, instance=found)
    entity = found.legal_entity
    return _answer(request, form, entity, FormPage(_("Fiscal year"), _chart_of(entity), BACK))


def _answer(
    request: UserRequest,
    form: AccountForm | RuleForm | BookForm,
    entity: LegalEntity,
    page: FormPage,
) -> HttpResponse:
    if form.is_valid():
        form.save()
        return redirect(_chart_of(entity))
    return page.show(request, form)
