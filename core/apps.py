"""Django's handle on this room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Money, periods, listing: arithmetic and plumbing with no noun of our trade."""

    name = "core"

    def ready(self) -> None:
        """Make our lookup known, how selects read their rows and how readers write numbers."""
        import core.lookups  # noqa: F401, PLC0415  (importing it is all; fields are ready by now)
        from core.choices import read_in_one_go  # noqa: PLC0415  (forms are ready by now)
        from core.form_widgets import accept_commas  # noqa: PLC0415  (forms are ready by now)

        read_in_one_go()
        accept_commas()
