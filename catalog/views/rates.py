"""Rate cards and tax rates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from catalog.forms import RateCardForm, RateCardTermsForm, RateEndForm, RateForm, TaxRateForm
from catalog.lists import RATE_CARDS, TAX_RATES, cards_with_counts
from catalog.models import Rate, RateCard, TaxRate
from catalog.operations.end_rate import RateNotEndable, end_rate
from catalog.operations.set_rate import RateNotAcceptable, set_rate
from catalog.operations.set_tax_rate import TaxRateNotAcceptable, set_tax_rate
from catalog.queries import rates_of_card
from clients.models import Client, LegalEntity
from core.form_page import FormPage
from core.panels import history_url


@require_safe
@permission_required("catalog.view_ratecard", raise_exception=True)
def rate_cards(request: UserRequest) -> HttpResponseBase:
    """List the firm's card and those of clients."""
    rows = cards_with_counts(RateCard.objects.visible_to(request.user))
    return RATE_CARDS.respond(request, rows, "catalog/rate_cards.html")


@require_safe
@permission_required("catalog.view_ratecard", raise_exception=True)
def rate_card(request: UserRequest, pk: int) -> HttpResponse:
    """Show what an hour costs on a card, now, before and later."""
    card = _card(request, pk)
    context = {
        "card": card,
        "rows": rates_of_card(card, timezone.localdate()),
        "currency": _currency(card),
        "history_url": history_url(request, card),
    }
    return render(request, "catalog/rate_card.html", context)


@require_safe
@permission_required("catalog.view_ratecard", raise_exception=True)
def rates_of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show, on a client's page, the rates agreed with them."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    card = RateCard.objects.visible_to(request.user).filter(client=client).first()
    rows = rates_of_card(card, timezone.localdate()) if card else []
    context = {
        "client": client,
        "card": card,
        "rows": [row for row in rows if row.holds or row.is_to_come],
    }
    return render(request, "catalog/rates_of_client.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.add_ratecard", raise_exception=True)
def rate_card_create(request: UserRequest) -> HttpResponse:
    """Make a card for the firm or a client, still without rates."""
    form = RateCardForm(request.POST or None, initial={"client": request.GET.get("client")})
    if form.is_valid():
        card = form.save()
        messages.success(request, __("The card is there; enter its first rate."))
        return redirect("catalog:rate-set", card.pk)
    return FormPage(_("New rate card"), reverse("catalog:rate-cards"), _("Rate cards")).show(
        request, form
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_ratecard", raise_exception=True)
def rate_card_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a card's name and how its minutes are rounded."""
    card = _card(request, pk)
    name = card.name
    form = RateCardTermsForm(request.POST or None, instance=card)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(card)
    page = FormPage(
        _("Name and rounding"), card.get_absolute_url(), name, effect_client=card.client_id
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_rate", raise_exception=True)
def rate_set(request: UserRequest, pk: int) -> HttpResponse:
    """Enter a rate that holds from a day on."""
    card = _card(request, pk)
    form = RateForm(request.POST or None, card=card, initial=_initial_rate(request, card))
    if form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        work_type, role = given.pop("work_type"), given.pop("work_role")
        named = {"work_type_id": work_type.pk, "work_role_id": role.pk if role else None}
        try:
            set_rate(rate_card_id=card.pk, **named, **given)
        except RateNotAcceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, __("The rate has been entered."))
            return redirect(card)
    page = FormPage(
        _("Enter a rate"),
        card.get_absolute_url(),
        card.name,
        template="catalog/rate_form.html",
        effect_client=card.client_id,
        effect_day_of="starts_on",
        effect_months=1,
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_rate", raise_exception=True)
def rate_end(request: UserRequest, pk: int) -> HttpResponse:
    """Let a client's own rate end, after which the firm's card holds."""
    rows = Rate.objects.visible_to(request.user).select_related("rate_card", "work_type")
    rate = get_object_or_404(rows, pk=pk, rate_card__client__isnull=False)
    form = RateEndForm(request.POST or None, initial={"last_day_on": timezone.localdate()})
    if form.is_valid():
        try:
            end_rate(rate_id=pk, last_day_on=form.cleaned_data["last_day_on"])
        except RateNotEndable as refusal:
            form.add_error("last_day_on", str(refusal))
        else:
            messages.success(request, __("Saved."))
            return redirect(rate.rate_card)
    title = __("End the rate for %(work_type)s") % {"work_type": rate.work_type}
    card = rate.rate_card
    page = FormPage(
        title,
        card.get_absolute_url(),
        card.name,
        effect_client=card.client_id,
        effect_day_of="last_day_on",
        effect_months=1,
    )
    return page.show(request, form)


@require_safe
@permission_required("catalog.view_taxrate", raise_exception=True)
def tax_rates(request: UserRequest) -> HttpResponseBase:
    """List what states take, now, before and later."""
    return TAX_RATES.respond(request, TaxRate.objects.all(), "catalog/tax_rates.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.add_taxrate", raise_exception=True)
def tax_rate_set(request: UserRequest) -> HttpResponse:
    """Enter a tax rate that holds from a day on."""
    form = TaxRateForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        try:
            set_tax_rate(**form.cleaned_data)
        except TaxRateNotAcceptable as refusal:
            form.add_error("rate", str(refusal))
        else:
            messages.success(request, __("The tax rate has been entered."))
            return redirect("catalog:tax-rates")
    page = FormPage(
        _("Enter a tax rate"),
        reverse("catalog:tax-rates"),
        _("Tax rates"),
        note=_("Issued invoices keep the rate they were issued with."),
    )
    return page.show(request, form)


def _card(request: UserRequest, pk: int) -> RateCard:
    rows = RateCard.objects.visible_to(request.user).select_related("client")
    return get_object_or_404(rows, pk=pk)


def _currency(card: RateCard) -> str:
    if card.client is not None:
        return card.client.currency
    firm = LegalEntity.objects.filter(is_default=True).first()
    return firm.currency if firm else "EUR"


def _initial_rate(request: UserRequest, card: RateCard) -> dict[str, object]:
    initial: dict[str, object] = {"starts_on": timezone.localdate()}
    wanted = request.GET.get("rate", "")
    old = card.rates.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if old is not None:
        initial |= {
            "work_type": old.work_type_id,
            "work_role": old.work_role_id,
            "hourly_rate": old.hourly_rate.normalize(),
            "minimum_minutes": old.minimum_minutes,
            "step_minutes": old.step_minutes,
        }
    return initial
