"""The addresses of collecting."""

from django.urls import path

from collecting.views import disputes, mails

app_name = "collecting"

urlpatterns = [
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
    path("mails/<int:pk>/retry/", mails.retry, name="mail-retry"),
    path("disputes/new/<int:invoice_pk>/", disputes.create, name="dispute-create"),
]
