"""Django's handle on this room."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """What managers see."""

    name = "dashboards"
