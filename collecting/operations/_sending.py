"""Sending what was decided: a reminder with what is still open, a statement of account."""

from datetime import datetime

from clients.models import LegalEntity
from collecting.models import CollectingMail, LeftOut, NoticeLine, ReminderNotice, SentStatement
from collecting.operations._reminders import REMIND, drop, leave_out
from collecting.queries.reminders import Judged, accounts
from collecting.reminder_mail import reminder_mail
from collecting.statement_mail import statement_mail
from core.doorbell import ring


def send_reminder(row: CollectingMail, now: datetime) -> None:
    """Send it once, without what was paid, credited, disputed, promised or held meanwhile.

    Where nothing is left to ask for it is dropped. Where a higher level has become due while it
    waited it is dropped as well, and that one is decided instead.
    """
    notice = ReminderNotice.objects.select_for_update(of=("self",)).get(mails=row)
    if notice.sent_at or notice.dropped_at:
        return
    asked = notice.lines.filter(left_out="").select_related("invoice")
    lines = list(asked.order_by("invoice__due_on", "invoice_id"))
    entity = LegalEntity.objects.current()
    found = accounts(now.astimezone(entity.zone).date(), entity.zone, [notice.client_id])
    judged = {one.invoice.pk: one for account in found for one in account.judged}
    reasons = _reasons(lines, judged)
    if len(reasons) == len(lines):
        drop(notice, reasons, now)
    elif any(_has_risen(line, judged) for line in lines if line.pk not in reasons):
        drop(notice, reasons, now)
        ring(REMIND)
    else:
        leave_out(notice, reasons)
        _send(row, notice, [line for line in lines if line.pk not in reasons], judged, now)


def _reasons(lines: list[NoticeLine], judged: dict[int, Judged]) -> dict[int, LeftOut]:
    """Return the lines that are not asked for any more, each with its reason."""
    reasons = {}
    for line in lines:
        one = judged.get(line.invoice_id)
        if one is None:
            reasons[line.pk] = LeftOut.PAID
        elif one.verdict.reason is not None:
            reasons[line.pk] = LeftOut(one.verdict.reason.value)
    return reasons


def _has_risen(line: NoticeLine, judged: dict[int, Judged]) -> bool:
    return judged[line.invoice_id].verdict.level > line.level


def _send(
    row: CollectingMail,
    notice: ReminderNotice,
    lines: list[NoticeLine],
    judged: dict[int, Judged],
    now: datetime,
) -> None:
    for line in lines:
        line.amount = judged[line.invoice_id].verdict.amount
        line.save(update_fields=["amount"])
    notice.level = max(line.level for line in lines)
    mail = reminder_mail(row, notice, lines, now)
    notice.subject, notice.body = str(mail.subject), str(mail.body)
    notice.recipients, notice.sent_at = ", ".join(mail.to), now
    notice.save(update_fields=["level", "subject", "body", "recipients", "sent_at"])
    mail.send()


def send_statement(row: CollectingMail) -> None:
    """Send a statement of account, as the account stands now."""
    statement = SentStatement.objects.select_related("client").get(mails=row)
    mail = statement_mail(row, statement)
    statement.recipients = ", ".join(mail.to)
    statement.save(update_fields=["recipients"])
    mail.send()
