"""Bringing a mailbox's new mails into the house, one transaction each."""

from django.utils import timezone

from tickets.imap import look_at, newer_mails, opened
from tickets.models import Mailbox
from tickets.operations.note_fetch import note_fetch
from tickets.operations.store_mail import store_mail
from tickets.refusals import MailServerRefused


def fetch_from(mailbox: Mailbox) -> int:
    """Store what is new on the server and return how many mails that were.

    A mail is stored before its number is noted: what is fetched again after a crash has the same
    key, and is one. What lay there before the first time stays there; after the server numbered
    its mails afresh, those that came already are known by their Message-ID.
    """
    try:
        return _fetch(mailbox)
    except MailServerRefused as refusal:
        note_fetch(mailbox_id=mailbox.pk, now=timezone.now(), error=str(refusal))
        return 0


def probe(mailbox: Mailbox) -> int:
    """Sign in and return how many mails are there.

    :raises MailServerRefused: it does not work, and why
    """
    with opened(mailbox) as box:
        return look_at(box, mailbox.folder).count


def _fetch(mailbox: Mailbox) -> int:
    count = 0
    with opened(mailbox) as box:
        folder = look_at(box, mailbox.folder)
        if mailbox.uid_validity is None:
            last = folder.next_uid - 1
        else:
            last = mailbox.last_uid if mailbox.uid_validity == folder.uid_validity else 0
        for mail in newer_mails(box, last):
            key = f"imap:{mailbox.pk}:{folder.uid_validity}:{mail.uid}"
            now = timezone.now()
            store_mail(raw=mail.raw, key=key, now=now, mailbox_id=mailbox.pk, size=mail.size)
            last, count = mail.uid, count + 1
        note_fetch(
            mailbox_id=mailbox.pk,
            now=timezone.now(),
            uid_validity=folder.uid_validity,
            last_uid=last,
        )
    return count
