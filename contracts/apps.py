"""Django's handle on this room."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """What was promised: contracts, their dated lines and what they cover."""

    name = "contracts"
