"""Addresses of direct debits in the API."""

from rest_framework.routers import SimpleRouter

from payments.api import online_views, views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("mandates", views.MandateViewSet, basename="mandate")
    router.register("debit-batches", views.DebitBatchViewSet, basename="debit-batch")
    router.register("direct-debits", views.DirectDebitViewSet, basename="direct-debit")
    router.register("online-payments", online_views.OnlinePaymentViewSet, basename="online-payment")
    router.register("stripe-events", online_views.StripeEventViewSet, basename="stripe-event")
