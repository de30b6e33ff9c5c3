"""Django's handle on this room."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Ways of being paid that need somebody else: direct debit through the bank, cards online."""

    name = "payments"
