"""The series of numbers: each with its next number, and how those that have not begun begin."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.models import NumberSeries
from billing.operations.set_series import SeriesRefused, set_series
from billing.series import Series, all_series
from billing.views.issuing import firm_today
from core.form_page import FormPage
from core.listing import Column, Empty, Listing


def _page_of(row: Series) -> str:
    return reverse("billing:series-set", args=[row.entity.pk, row.document_kind, row.year])


SERIES = Listing[Series](
    name="number-series",
    columns=[
        Column("next_number", _("Next number"), link=True, phone="title"),
        Column("entity", _("Company"), value="entity.name", sort=True),
        Column("kind", _("Document"), sort=True),
        Column("year", _("Year"), sort=True),
        Column("last", _("Numbers given"), kind="number", sort=True, phone="side"),
        Column("last_issued_on", _("Last one dated"), kind="day", sort=True),
    ],
    order="-year",
    row_url=_page_of,
    empty=Empty(_("No company issues yet"), _("Enter the firm first."), "hash"),
)


class SeriesForm(forms.Form):
    """How the numbers begin."""

    begins_with = forms.CharField(
        label=_("Prefix"),
        max_length=NumberSeries._meta.get_field("prefix").max_length,
        help_text=_("FA makes FA-2026-00001; each year begins at 1"),
    )


@require_safe
@permission_required("billing.view_numberseries", raise_exception=True)
def series(request: UserRequest) -> HttpResponseBase:
    """List all series, the latest year first."""
    return SERIES.respond(request, all_series(firm_today().year), "billing/series.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.change_numberseries", raise_exception=True)
def set_prefix(request: UserRequest, entity_pk: int, kind: str, year: int) -> HttpResponse:
    """Say how the numbers of a series begin that has given none."""
    found = _found(entity_pk, kind, year)
    form = SeriesForm(request.POST or None, initial={"begins_with": found.prefix})
    if form.is_valid():
        try:
            set_series(
                legal_entity_id=entity_pk,
                document_kind=kind,
                year=year,
                prefix=form.cleaned_data["begins_with"],
                this_year=firm_today().year,
            )
        except SeriesRefused as refusal:
            form.add_error("begins_with", str(refusal))
        else:
            number = _found(entity_pk, kind, year).next_number
            text = _now("The first number will be %(number)s.")
            messages.success(request, text % {"number": number})
            return redirect("billing:series")
    page = FormPage(
        title=f"{found.kind} {found.year}",
        back_url=reverse("billing:series"),
        back_label=_("Number series"),
        lede=found.entity.name,
        note=_("A series that gave a number goes on as it began, without gaps."),
    )
    return page.show(request, form)


def _found(entity_pk: int, kind: str, year: int) -> Series:
    for one in all_series(firm_today().year):
        if (one.entity.pk, one.document_kind, one.year) == (entity_pk, kind, year):
            return one
    raise Http404
