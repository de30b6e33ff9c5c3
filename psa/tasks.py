"""The clock's doorbell: once a minute every room looks for work that was left behind."""

from celery import shared_task

from billing.bundle_tasks import sweep_bundles
from billing.tasks import start_scheduled_runs, sweep_outbox, sweep_runs
from collecting.tasks import sweep_collecting
from psa.operations.learn_words import learn_words
from tickets.follow_tasks import sweep_followers
from tickets.mail_tasks import sweep_mails
from tickets.rule_tasks import sweep_rules
from tickets.tasks import sweep_clocks


@shared_task
def sweep() -> None:
    """Let each room pick up what a lost message or a killed worker left."""
    start_scheduled_runs()
    sweep_runs()
    sweep_outbox()
    sweep_bundles()
    sweep_collecting()
    sweep_clocks()
    learn_words()
    sweep_mails()
    sweep_rules()
    sweep_followers()
