"""Django's handle on this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The accountant's books: double entries, periods that are closed, tax reports, exports."""

    name = "ledger"
