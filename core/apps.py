"""Django's handle on this room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Money, periods, listing: arithmetic and plumbing with no noun of our trade."""

    name = "core"
