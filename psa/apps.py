"""Django's handle on the project itself."""

from django.apps import AppConfig

from psa.celery import app as celery_app

__all__ = ["PsaConfig", "celery_app"]


class PsaConfig(AppConfig):
    """The project's own pages, commands and wiring.

    Importing the queue here makes it the one that ``shared_task`` uses in every process, without
    making the launcher, which runs before Django, pay for it.
    """

    name = "psa"
    label = "psa"
