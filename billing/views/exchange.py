"""Exchange rates, by which VAT in another currency is stated in euro."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.forms.exchange import ExchangeRateForm
from billing.models import ExchangeRate
from core.form_page import FormPage
from core.listing import Column, Empty, Listing


def _page_of(rate: ExchangeRate) -> str:
    return reverse("billing:exchange-rate-edit", args=[rate.pk])


RATES = Listing[ExchangeRate](
    name="exchange-rates",
    columns=[
        Column("currency", _("Currency"), link=True, sort="currency"),
        Column("valid_from_on", _("From this day on"), kind="day", sort="valid_from_on"),
        Column("rate", _("One euro buys"), kind="number", sort="rate", phone="side"),
    ],
    order="-valid_from_on",
    search=["currency"],
    row_url=_page_of,
    empty=Empty(
        _("No exchange rates yet"),
        _("French VAT on an invoice in another currency is stated in euro as well, by these."),
        "coins",
        "billing:exchange-rate-create",
        _("New exchange rate"),
        "billing.add_exchangerate",
    ),
)


@require_safe
@permission_required("billing.view_exchangerate", raise_exception=True)
def rates(request: UserRequest) -> HttpResponseBase:
    """List the rates, the latest first."""
    rows = ExchangeRate.objects.visible_to(request.user)
    return RATES.respond(request, rows, "billing/exchange_rates.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_exchangerate", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Enter a rate."""
    form = ExchangeRateForm(request.POST or None)
    return _save(request, form, _("New exchange rate"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.change_exchangerate", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a rate; what was issued by it keeps the rate that it was issued with."""
    found = get_object_or_404(ExchangeRate.objects.visible_to(request.user), pk=pk)
    form = ExchangeRateForm(request.POST or None, instance=found)
    return _save(request, form, str(found))


def _save(request: UserRequest, form: ExchangeRateForm, title: object) -> HttpResponse:
    if form.is_valid():
        form.save()
        return redirect("billing:exchange-rates")
    page = FormPage(
        title=str(title),
        back_url=reverse("billing:exchange-rates"),
        back_label=_("Exchange rates"),
    )
    return page.show(request, form)
