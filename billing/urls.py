"""The addresses of billing."""

from django.urls import path

from billing.views import (
    decisions,
    drafts,
    effects,
    forecast,
    invoices,
    outbox,
    payments,
    runs,
    ticket_money,
    unbilled,
    upcoming,
    what_if,
)

app_name = "billing"

urlpatterns = [
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", runs.create, name="run-create"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/issue/", drafts.issue, name="drafts-issue"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="draft-discard"),
    path("drafts/<int:pk>/refresh/", drafts.refresh, name="draft-refresh"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/of-client/<int:client_pk>/", invoices.of_client, name="of-client"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/pay/", payments.pay, name="invoice-pay"),
    path("invoices/<int:pk>/pdf/", invoices.pdf, name="invoice-pdf"),
    path("unbilled/", unbilled.unbilled, name="unbilled"),
    path("payments/", payments.payments, name="payments"),
    path("payments/new/", payments.create, name="payment-create"),
    path("forecast/time/", forecast.time, name="forecast-time"),
    path("forecast/part/", forecast.part, name="forecast-part"),
    path("forecast/flat/", forecast.flat, name="forecast-flat"),
    path("tickets/<int:ticket_pk>/", ticket_money.of_ticket, name="ticket-money"),
    path("upcoming/<int:client_pk>/", upcoming.upcoming, name="upcoming"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.decide, name="decide"),
    path("what-if/", what_if.ask, name="what-if"),
    path("effect/", effects.effect, name="effect"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/retry/", outbox.retry, name="outbox-retry"),
]
