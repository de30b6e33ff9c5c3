"""The addresses of collecting."""

from django.urls import path

from collecting.views import clients, disputes, late, mails, plans, reminders, statements

app_name = "collecting"

urlpatterns = [
    path("calls/", clients.worklist, name="calls"),
    path("clients/<int:client_pk>/", clients.client, name="client"),
    path("clients/<int:client_pk>/overdue/", clients.of_client, name="of-client"),
    path("clients/<int:client_pk>/terms/", clients.terms, name="client-terms"),
    path("clients/<int:client_pk>/hold/", clients.hold, name="client-hold"),
    path("clients/<int:client_pk>/promise/", clients.promise, name="client-promise"),
    path("clients/<int:client_pk>/note/", clients.note, name="client-note"),
    path("clients/<int:client_pk>/remind/", reminders.remind, name="client-remind"),
    path("clients/<int:client_pk>/statement/", statements.statement, name="statement"),
    path("clients/<int:client_pk>/statement/pdf/", statements.pdf, name="statement-pdf"),
    path("clients/<int:client_pk>/statement/send/", statements.send, name="statement-send"),
    path("promises/<int:pk>/withdraw/", clients.promise_withdraw, name="promise-withdraw"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/preview/", reminders.preview, name="preview"),
    path("reminders/<int:pk>/", reminders.reminder, name="reminder"),
    path("reminders/of-invoice/<int:invoice_pk>/", reminders.of_invoice, name="of-invoice"),
    path("holds/new/<int:invoice_pk>/", reminders.hold_invoice, name="invoice-hold"),
    path("holds/<int:pk>/lift/", reminders.lift, name="hold-lift"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.create, name="plan-create"),
    path("plans/<int:pk>/", plans.edit, name="plan-edit"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/answer/", disputes.answer, name="dispute-answer"),
    path("disputes/<int:pk>/release/", disputes.release, name="dispute-release"),
    path("disputes/<int:pk>/withdraw/", disputes.withdraw, name="dispute-withdraw"),
    path("disputes/<int:pk>/credit/", disputes.credit, name="dispute-credit"),
    path(
        "disputes/of-invoice/<int:invoice_pk>/",
        disputes.of_invoice_fragment,
        name="disputes-of-invoice",
    ),
    path("late/", late.late, name="late"),
    path("late/<int:client_pk>/", late.of_client, name="late-of-client"),
    path("late/<int:client_pk>/claim/", late.claim, name="late-claim"),
    path("late/terms/", late.terms, name="late-terms"),
    path("late/terms/new/", late.terms_create, name="late-terms-create"),
    path("late/terms/<int:pk>/remove/", late.terms_remove, name="late-terms-remove"),
    path("late/rates/new/", late.rate_create, name="late-rate-create"),
    path("mails/<int:pk>/retry/", mails.retry, name="mail-retry"),
    path("disputes/new/<int:invoice_pk>/", disputes.create, name="dispute-create"),
]
