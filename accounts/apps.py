"""Django's handle on this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, their roles, and the audit trail."""

    name = "accounts"
