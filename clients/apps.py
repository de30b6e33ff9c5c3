"""Django's handle on this room."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """The parties: the firm itself, its clients, their sites, contacts and assets."""

    name = "clients"
