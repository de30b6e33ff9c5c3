"""Django's handle on this room."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """What the firm sells: products, flat-rate services, work types, rates, taxes."""

    name = "catalog"
