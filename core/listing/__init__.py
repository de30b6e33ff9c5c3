"""Lists: search, filters, sorting, pages, totals and export, the same on every page.

A list is described once, as data, and answers requests by itself::

    INVOICES = Listing[Invoice](
        name="invoices",
        columns=[
            Column("number", _("Number"), link=True, sort="number"),
            Column("client", _("Client"), "client.name", sort="client__name"),
            Column("issued_on", _("Date"), kind="day", sort="issued_on"),
            Column("state", _("State"), cell="billing/cells.html#invoice_state", value=state_text),
            Column("total", _("Total"), kind="money", sort="total", total=Sum("total")),
        ],
        order="-issued_on",
        search=["number", "client__name"],
        filters=InvoiceFilter,                      # a django_filters.FilterSet, optional
        currency="currency",                        # totals are kept apart by it
        empty=Empty(_("No invoices yet"), _("Issue a draft and it appears here.")),
        actions=[BulkAction(_("Issue"), "billing:drafts-issue", "billing.issue_invoice")],
    )

    @require_GET
    @permission_required("billing.view_invoice", raise_exception=True)
    def invoices(request: HttpRequest) -> HttpResponse:
        rows = Invoice.objects.visible_to(request.user).select_related("client")
        return INVOICES.respond(request, rows, "billing/invoices.html")

and its page says ``<c-listing :page="listing" />``. The rows are a queryset, or a sequence of any
objects, which is then searched, sorted and added up in memory. ``about`` names what in the address
says what the list is about, which searching and clearing keep. The address holds everything:
``?q=`` words, ``sort=-total``, ``page=2``, the filters' own names, ``export=csv`` or ``xlsx``. A
list costs the same number of queries for one row as for fifty: rows, count, totals.
"""

from core.listing.columns import BulkAction, Column, Empty
from core.listing.listing import Listing, asks_for
from core.listing.page import FilterBar, ListingPage

__all__ = ["BulkAction", "Column", "Empty", "FilterBar", "Listing", "ListingPage", "asks_for"]
