"""The clock's doorbell: once a minute every room looks for work that was left behind."""

from celery import shared_task

from billing.tasks import sweep_outbox, sweep_runs


@shared_task
def sweep() -> None:
    """Let each room pick up what a lost message or a killed worker left."""
    sweep_runs()
    sweep_outbox()
