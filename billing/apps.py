"""Django's handle on this room."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """What is charged: charges, billing runs, invoices, payments, the outbox."""

    name = "billing"
