"""The queue: one Celery application; what is due is decided by rows in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psa.settings.embedded")

app = Celery("fixpoint")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
