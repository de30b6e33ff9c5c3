"""Agreed discounts: what is taken off clients' recurring charges, and until when."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.agreed_discount import AgreedDiscountForm
from billing.models import AgreedDiscount
from clients.models import Client
from core.display import number_text, percent_text
from core.form_page import FormPage
from core.listing import Column, Empty, Listing


def _page_of(row: AgreedDiscount) -> str:
    return reverse("billing:agreed-discount", args=[row.pk])


def size_of(row: AgreedDiscount) -> str:
    """Return how much is taken off."""
    if row.percent is not None:
        return percent_text(row.percent)
    amount = number_text(row.amount_a_month) if row.amount_a_month is not None else ""
    return _now("%(amount)s a month") % {"amount": amount}


def reach_of(row: AgreedDiscount) -> str:
    """Return what it is taken off."""
    if row.line:
        return str(row.line)
    return str(row.contract) if row.contract else _now("all contracts")


AGREED = Listing[AgreedDiscount](
    name="agreed-discounts",
    columns=[
        Column("reason", _("Reason"), link=True, sort="reason"),
        Column("client", _("Client"), sort="client__name"),
        Column("reach", _("Off"), value=reach_of),
        Column("size", _("How much"), value=size_of, phone="side"),
        Column("starts_on", _("First day"), kind="day", sort="starts_on"),
        Column("last_day_on", _("Last day"), kind="day", sort="last_day_on"),
    ],
    order="-starts_on",
    search=["reason", "client__name"],
    row_url=_page_of,
    empty=Empty(
        _("No discounts agreed yet"),
        _("A loyalty discount until a day, or so much a month less: runs take it off by itself."),
        "discount",
        "billing:agreed-discount-create",
        _("New agreed discount"),
        "billing.add_agreeddiscount",
    ),
)


@require_safe
@permission_required("billing.view_agreeddiscount", raise_exception=True)
def agreed(request: UserRequest) -> HttpResponseBase:
    """List what is agreed, the latest first."""
    rows = AgreedDiscount.objects.visible_to(request.user)
    rows = rows.select_related("client", "contract", "line__contract")
    return AGREED.respond(request, rows, "billing/agreed_discounts.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_agreeddiscount", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Agree a discount."""
    return _save(request, None, _("New agreed discount"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.change_agreeddiscount", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change or end what was agreed; what is billed stays as it was billed."""
    found = get_object_or_404(AgreedDiscount.objects.visible_to(request.user), pk=pk)
    return _save(request, found, str(found))


@require_POST
@permission_required("billing.delete_agreeddiscount", raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Forget an agreement; what is billed stays as it was billed."""
    found = get_object_or_404(AgreedDiscount.objects.visible_to(request.user), pk=pk)
    found.delete()
    messages.success(request, _now("The agreed discount is gone."))
    return redirect("billing:agreed-discounts")


def _save(request: UserRequest, found: AgreedDiscount | None, title: object) -> HttpResponse:
    clients = Client.objects.visible_to(request.user).order_by("name")
    form = AgreedDiscountForm(
        request.POST or None,
        instance=found,
        initial={"client": request.GET.get("client", "")} if found is None else None,
        clients=clients,
    )
    if form.is_valid():
        form.save()
        messages.success(request, _now("It counts for what is billed from now on."))
        return redirect("billing:agreed-discounts")
    page = FormPage(
        title=str(title),
        back_url=reverse("billing:agreed-discounts"),
        back_label=_("Agreed discounts"),
        note=_("Charges are reduced when they are billed, by what is agreed for their days. What "
               "is billed stays; refresh a draft to bring it up to date."),
    )  # fmt: skip
    return page.show(request, form)
