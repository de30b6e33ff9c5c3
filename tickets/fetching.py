"""Bringing a mailbox's new mails into the house, one transaction each."""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext
from imap_tools import BaseMailBox

from tickets.imap import Folder, NotGiven, fetched, look_at, newer_uids, opened
from tickets.models import InboundMail, Mailbox
from tickets.operations.note_fetch import note_fetch
from tickets.operations.store_mail import store_mail
from tickets.refusals import MailServerRefused

log = logging.getLogger(__name__)
MOST_A_TURN = 100
MOST_NAMED = 20
ONE_DAY = timedelta(days=1)


def fetch_from(mailbox: Mailbox) -> int:
    """Store what is new on the server and return how many mails that were.

    A mail is stored before its number is noted: what is fetched again after a crash has the same
    key, and is one. What lay there before the first time stays there, also after the server
    numbered its mails afresh: then those since the last time are looked at, and what came already
    is known by its Message-ID. A mail that the server does not give holds up no other.
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
    with opened(mailbox) as box:
        folder = look_at(box, mailbox.folder)
        first = f"imap:{mailbox.pk}:{folder.uid_validity}:"
        uids = _uids(mailbox, folder, box)
        unknown = _unknown(first, uids)
        fresh, left = unknown[:MOST_A_TURN], unknown[MOST_A_TURN:]
        missing = [uid for uid in fresh if not _store(box, uid, first, mailbox)]
    known = mailbox.last_uid if mailbox.uid_validity == folder.uid_validity else folder.next_uid - 1
    reached = left[0] - 1 if left else max([known, *uids])
    note_fetch(
        mailbox_id=mailbox.pk,
        now=timezone.now(),
        uid_validity=folder.uid_validity,
        last_uid=min([reached, *(uid - 1 for uid in missing)]),
        error=_complaint(missing),
    )
    return len(fresh) - len(missing)


def _uids(mailbox: Mailbox, folder: Folder, box: BaseMailBox) -> list[int]:
    """Return the numbers of what came since the last time.

    Where the numbers are not those of last time, the day says it; the server's day may be another.
    """
    if mailbox.uid_validity is None or mailbox.polled_at is None:
        return newer_uids(box, folder.next_uid - 1)
    if mailbox.uid_validity == folder.uid_validity:
        return newer_uids(box, mailbox.last_uid)
    return newer_uids(box, 0, mailbox.polled_at.date() - ONE_DAY)


def _unknown(first: str, uids: list[int]) -> list[int]:
    """Return those that were not stored in an earlier turn, which may have broken off."""
    keys = [f"{first}{uid}" for uid in uids]
    known = set(InboundMail.objects.filter(key__in=keys).values_list("key", flat=True))
    return [uid for uid, key in zip(uids, keys, strict=True) if key not in known]


def _store(box: BaseMailBox, uid: int, first: str, mailbox: Mailbox) -> bool:
    """Store one mail; say no where the server does not give it, so that the others still come."""
    try:
        mail = fetched(box, uid)
    except NotGiven:
        log.exception("A mail could not be fetched: %s%s", first, uid)
        return False
    now = timezone.now()
    store_mail(raw=mail.raw, key=f"{first}{uid}", now=now, mailbox_id=mailbox.pk, size=mail.size)
    return True


def _complaint(missing: list[int]) -> str:
    if not missing:
        return ""
    text = ngettext(
        "The mail server does not give mail no. %(uids)s; it is asked for again.",
        "The mail server does not give mails no. %(uids)s; they are asked for again.",
        len(missing),
    )
    return text % {"uids": ", ".join(map(str, missing[:MOST_NAMED]))}
