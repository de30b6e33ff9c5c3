"""Addresses of what is charged in the API."""

from rest_framework.routers import SimpleRouter

from billing.api import (
    agreed_discount_views,
    bank_views,
    bundle_views,
    credit_views,
    discount_views,
    einvoice_views,
    hand_views,
    hours_views,
    letterhead_views,
    money_views,
    preview_views,
    series_views,
    transfer_views,
    views,
    write_off_views,
)


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("billing-runs", views.BillingRunViewSet, basename="billing-run")
    router.register("run-outcomes", views.RunOutcomeViewSet, basename="run-outcome")
    router.register("invoices", views.InvoiceViewSet, basename="invoice")
    router.register("credit-notes", credit_views.CreditNoteViewSet, basename="credit-note")
    router.register("letterheads", letterhead_views.LetterheadViewSet, basename="letterhead")
    router.register("pdf-bundles", bundle_views.PdfBundleViewSet, basename="pdf-bundle")
    _register_kinds(router)
    router.register("rule-checks", einvoice_views.RuleCheckViewSet, basename="rule-check")
    router.register(
        "platform-events", einvoice_views.PlatformEventViewSet, basename="platform-event"
    )
    router.register(
        "supplier-invoices", einvoice_views.SupplierInvoiceViewSet, basename="supplier-invoice"
    )
    router.register("exchange-rates", einvoice_views.ExchangeRateViewSet, basename="exchange-rate")
    router.register("charges", views.ChargeViewSet, basename="charge")
    router.register("payments", money_views.PaymentViewSet, basename="payment")
    router.register("allocations", money_views.AllocationViewSet, basename="allocation")
    router.register("ageing", money_views.AgeingViewSet, basename="ageing")
    router.register("bank-accounts", bank_views.BankAccountViewSet, basename="bank-account")
    router.register("bank-entries", bank_views.BankEntryViewSet, basename="bank-entry")
    router.register("refunds", money_views.RefundViewSet, basename="refund")
    router.register("write-offs", write_off_views.WriteOffViewSet, basename="write-off")
    router.register("client-holds", views.ClientHoldViewSet, basename="client-hold")
    router.register("held-items", views.HeldItemViewSet, basename="held-item")
    router.register("purchase-orders", views.PurchaseOrderViewSet, basename="purchase-order")
    router.register("hour-balances", hours_views.HourBalanceViewSet, basename="hour-balance")
    router.register(
        "contract-transfers", transfer_views.TransferViewSet, basename="contract-transfer"
    )
    router.register("hour-draws", hours_views.HourDrawViewSet, basename="hour-draw")
    router.register("next-invoices", preview_views.NextInvoiceViewSet, basename="next-invoice")
    router.register("what-if", preview_views.WhatIfViewSet, basename="what-if")
    router.register("effects", preview_views.EffectViewSet, basename="effect")
    router.register("work-decisions", preview_views.DecisionViewSet, basename="work-decision")


def _register_kinds(router: SimpleRouter) -> None:
    router.register("hand-lines", hand_views.HandLineViewSet, basename="hand-line")
    router.register("number-series", series_views.NumberSeriesViewSet, basename="number-series")
    router.register(
        "agreed-discounts",
        agreed_discount_views.AgreedDiscountViewSet,
        basename="agreed-discount",
    )
    router.register("discounts", discount_views.DiscountViewSet, basename="discount")
