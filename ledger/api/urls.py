"""Addresses of the books in the API."""

from rest_framework.routers import SimpleRouter

from ledger.api import closing_views, export_views, vat_views, views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("ledger-entries", views.EntryViewSet, basename="ledger-entry")
    router.register("ledger-accounts", views.AccountViewSet, basename="ledger-account")
    router.register("account-rules", views.AccountRuleViewSet, basename="account-rule")
    router.register("ledger-books", views.BookViewSet, basename="ledger-book")
    router.register("closings", closing_views.ClosingViewSet, basename="closing")
    router.register("book-exports", export_views.ExportViewSet, basename="book-export")
    router.register("trial-balance", views.TrialBalanceViewSet, basename="trial-balance")
    router.register("vat-report", vat_views.VatReportViewSet, basename="vat-report")
