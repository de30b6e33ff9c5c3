"""The addresses of payment online."""

from django.urls import path

from payments.views import online, stripe_account, stripe_events, webhook

app_name = "online"

urlpatterns = [
    path("", online.payments, name="payments"),
    path("account/", stripe_account.accounts, name="accounts"),
    path("account/<int:entity_pk>/", stripe_account.edit, name="account"),
    path("messages/", stripe_events.events, name="events"),
    path("messages/<int:pk>/", stripe_events.event, name="event"),
    path("messages/<int:pk>/settle/", stripe_events.settle, name="event-settle"),
    path("stripe/<int:entity_pk>/", webhook.stripe_webhook, name="webhook"),
]
