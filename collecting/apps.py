"""Django's handle on this room."""

from django.apps import AppConfig


class CollectingConfig(AppConfig):
    """How money that is owed is asked for: reminders, disputes, promises, statements of account."""

    name = "collecting"
