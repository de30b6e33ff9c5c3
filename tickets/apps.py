"""Django's handle on this room."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """What is done: tickets, notes, time entries, parts used, flat-rate services."""

    name = "tickets"
