"""Addresses of the portal."""

from django.urls import path

from portal.views import (
    attachments,
    contracts,
    disputes,
    home,
    hours,
    invoices,
    online,
    payments,
    statements,
    tickets,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/next/", invoices.next_invoice, name="next-invoice"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/pdf/", invoices.invoice_pdf, name="invoice-pdf"),
    path("invoices/<int:pk>/cii/", invoices.invoice_xml, {"syntax": "cii"}, name="invoice-cii"),
    path("invoices/<int:pk>/ubl/", invoices.invoice_xml, {"syntax": "ubl"}, name="invoice-ubl"),
    path("invoices/<int:pk>/pay/", online.pay, name="invoice-pay"),
    path("lines/<int:pk>/dispute/", disputes.line_dispute, name="line-dispute"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/reply/", disputes.dispute_reply, name="dispute-reply"),
    path("disputes/<int:pk>/withdraw/", disputes.dispute_withdraw, name="dispute-withdraw"),
    path("payments/", payments.payments, name="payments"),
    path("statement/", statements.statement, name="statement"),
    path("statement/pdf/", statements.statement_pdf, name="statement-pdf"),
    path("tickets/", tickets.tickets, name="tickets"),
    path("tickets/new/", tickets.ticket_create, name="ticket-create"),
    path("tickets/<int:pk>/", tickets.ticket, name="ticket"),
    path("tickets/<int:pk>/reply/", tickets.ticket_reply, name="ticket-reply"),
    path("files/<int:pk>/", attachments.attachment, name="attachment"),
    path("tickets/<int:pk>/rate/", tickets.ticket_rate, name="ticket-rate"),
    path("hours/allowances/<int:pk>/", hours.allowance, name="allowance"),
    path("hours/blocks/<int:pk>/", hours.block, name="block"),
    path("contracts/", contracts.contracts, name="contracts"),
]
