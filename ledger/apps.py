"""Django's handle on this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The accountant's books: double entries, periods that are closed, tax reports, exports."""

    name = "ledger"

    def ready(self) -> None:
        """Let the books be verified together with what billing verifies."""
        from billing.queries.books.rooms import add_check  # noqa: PLC0415  (needs the models)
        from ledger.queries.proof import check_ledger  # noqa: PLC0415  (as above)

        add_check(check_ledger)
