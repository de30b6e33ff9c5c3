"""Django's handle on this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, their roles, and the audit trail."""

    name = "accounts"

    def ready(self) -> None:
        """Note who signs in and who fails to."""
        from accounts import doors  # noqa: PLC0415  (needs the models)

        doors.watch()
