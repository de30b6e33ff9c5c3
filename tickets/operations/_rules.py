"""Steps about rules that several operations share; they open no transaction."""

from datetime import datetime

from tickets.models import AutomationRule, RuleWhen, Ticket


def wake_for(rule: AutomationRule, now: datetime) -> None:
    """Let all clocks be looked at, where the rule waits for a share that they do not tell yet."""
    if rule.is_active and rule.when == RuleWhen.SLA:
        later = Ticket.objects.open().exclude(clock_next_at__lte=now)
        later.order_by().update(clock_next_at=now)
