"""Django's handle on this room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What a client's people see."""

    name = "portal"
