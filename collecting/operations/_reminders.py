"""The steps that reminders share; nothing here opens a transaction."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from collecting.models import (
    CollectingMail,
    LeftOut,
    MailKind,
    NoticeLine,
    ReminderNotice,
)
from collecting.operations._disputes import DELIVERY
from collecting.queries.reminders import Account
from collecting.queries.working_hours import next_working_moment
from core.doorbell import ring

REMIND = "collecting.tasks.remind_clients"


def decide(account: Account, now: datetime, actor: User | None) -> ReminderNotice:
    """Write a reminder down and put it into the outbox, for the firm's working hours."""
    assert account.plan is not None  # noqa: S101  (without a plan nothing is due)
    notice = ReminderNotice.objects.create(
        client=account.client,
        plan=account.plan,
        level=account.level,
        decided_at=now,
        decided_by=actor,
    )
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            invoice=one.invoice,
            level=one.verdict.level,
            amount=one.verdict.amount,
        )
        for one in account.letter
    )
    CollectingMail.objects.create(
        key=f"reminder:{notice.pk}",
        kind=MailKind.REMINDER,
        notice=notice,
        is_to_client=True,
        due_at=next_working_moment(now),
    )
    ring(DELIVERY)
    return notice


def drop(notice: ReminderNotice, reasons: dict[int, LeftOut], now: datetime) -> None:
    """Let a reminder go unsent; its levels are due again."""
    leave_out(notice, {line.pk: reasons.get(line.pk, LeftOut.OVERTAKEN) for line in _lines(notice)})
    notice.dropped_at = now
    notice.save(update_fields=["dropped_at"])


def leave_out(notice: ReminderNotice, reasons: dict[int, LeftOut]) -> None:
    """Take invoices off a reminder, each with its reason."""
    for line in _lines(notice):
        if line.pk in reasons:
            line.left_out = reasons[line.pk]
            line.save(update_fields=["left_out"])


def _lines(notice: ReminderNotice) -> Iterable[NoticeLine]:
    return notice.lines.filter(left_out="")
