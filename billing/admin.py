"""What administrators may look at but nobody may touch: issued documents, numbers, the chain."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from billing.models import (
    Charge,
    Invoice,
    InvoiceDocument,
    JournalEntry,
    NumberSeries,
    TaxLine,
)


class ReadOnly(admin.ModelAdmin[Model]):
    """Shows rows; the product's own operations write them."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False


@admin.register(Invoice)
class InvoiceAdmin(ReadOnly):
    """Invoices and drafts with their frozen copies."""

    list_display = ("number", "client", "status", "issued_on", "total", "currency")
    list_filter = ("status", "legal_entity")
    list_select_related = ("client",)
    search_fields = ("number", "client__name", "client__code")


@admin.register(Charge)
class ChargeAdmin(ReadOnly):
    """Lines with their arithmetic as data."""

    list_display = ("description", "client", "invoice", "treatment", "amount")
    list_filter = ("kind", "treatment")
    list_select_related = ("client", "invoice")
    search_fields = ("description", "client__name", "invoice__number")


@admin.register(TaxLine)
class TaxLineAdmin(ReadOnly):
    """Tax per rate and document."""

    list_display = ("invoice", "category", "rate", "base", "tax")
    list_select_related = ("invoice",)
    search_fields = ("invoice__number",)


@admin.register(InvoiceDocument)
class InvoiceDocumentAdmin(ReadOnly):
    """Files with their checksums."""

    list_display = ("invoice", "kind", "sha256", "made_at")
    list_select_related = ("invoice",)
    search_fields = ("invoice__number", "sha256")


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnly):
    """How far the numbers are."""

    list_display = ("prefix", "year", "last", "last_issued_on")


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnly):
    """The chain, link by link."""

    list_display = ("position", "event", "invoice", "hash", "recorded_at", "recorded_by")
    list_select_related = ("invoice", "recorded_by")
    search_fields = ("invoice__number", "hash")
