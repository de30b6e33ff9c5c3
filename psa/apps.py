"""Django's handle on the project itself."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.models.signals import post_migrate


class PsaConfig(AppConfig):
    """The project's own pages, commands and wiring."""

    name = "psa"
    label = "psa"

    def ready(self) -> None:
        """Join queue and wiring; bring the groups in line with the roles once all is migrated."""
        import_module("psa.celery")
        import_module("psa.subscriptions").connect()
        post_migrate.connect(_sync_roles, sender=list(apps.get_app_configs())[-1])


def _sync_roles(**_: Any) -> None:  # noqa: ANN401  (what Django sends)
    from psa.operations.sync_roles import sync_roles  # noqa: PLC0415  (needs the models)

    sync_roles()


class ServedStaticFilesConfig(StaticFilesConfig):
    """Static files without the half of a package that no page of ours shows."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
