"""Fetching mails from a mail server, so that each is stored once whatever breaks in between."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from imaplib import IMAP4

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from core.secret_box import SecretLost, unseal
from tickets.models import Mailbox, MailSecurity
from tickets.refusals import MailServerRefused

MOST_BYTES = 35 * 1024 * 1024
# As the protocol writes them, whatever the language of the machine.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIMEOUT = 30
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
WAYS = {
    MailSecurity.TLS: MailBox,
    MailSecurity.STARTTLS: MailBoxStartTls,
    MailSecurity.NONE: MailBoxUnencrypted,
}


class NotGiven(Exception):
    """A mail that the server lists and does not give."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail on the server: its number, its size, and its bytes or only its head."""

    uid: int
    size: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Folder:
    """How a folder numbers its mails, and how many there are."""

    uid_validity: int
    next_uid: int
    count: int


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """Sign in to the server and open the folder.

    :raises MailServerRefused: the server cannot be reached or does not let us in
    """
    connect = WAYS[MailSecurity(mailbox.security)]
    try:
        box = connect(mailbox.host, port=mailbox.port, timeout=TIMEOUT)
        try:
            box.login(mailbox.username, unseal(mailbox.password), mailbox.folder)
            yield box
        finally:
            _leave(box)
    except SecretLost as error:
        raise MailServerRefused(str(error), "new_password") from error
    except (OSError, IMAP4.error, ImapToolsError, UnicodeError) as error:
        raise MailServerRefused(
            _("The mail server says: %(told)s") % {"told": " ".join(str(error).split())[:300]}
        ) from error


def _leave(box: BaseMailBox) -> None:
    """Say good-bye, and hang up in any case."""
    try:
        box.client.logout()
    except (OSError, IMAP4.error):
        box.client.shutdown()


def look_at(box: BaseMailBox, folder: str) -> Folder:
    """Return how the folder stands."""
    told = box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT", "MESSAGES"])
    return Folder(told["UIDVALIDITY"], told["UIDNEXT"], told["MESSAGES"])


def newer_uids(box: BaseMailBox, last_uid: int, since: date | None = None) -> list[int]:
    """Return the numbers of the mails after the last one known, oldest first.

    With ``since`` only of those that came on that day or later.
    """
    asked = f"UID {last_uid + 1}:*"
    if since is not None:
        asked += f" SINCE {since.day}-{MONTHS[since.month - 1]}-{since.year}"
    return sorted(uid for uid in map(int, box.uids(asked)) if uid > last_uid)


def fetched(box: BaseMailBox, uid: int) -> Fetched:
    """Return one mail, which stays unread on the server.

    :raises NotGiven: the server gives all but this mail
    """
    try:
        size = _size(box, uid)
        part = "BODY.PEEK[]" if size <= MOST_BYTES else "BODY.PEEK[HEADER]"
        return Fetched(uid, size, _literal(box, uid, part))
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise NotGiven(str(error)) from error


def _size(box: BaseMailBox, uid: int) -> int:
    told = _fetch(box, uid, "(RFC822.SIZE)")
    line = b" ".join(part if isinstance(part, bytes) else part[0] for part in told if part)
    found = _SIZE.search(line)
    if found is None:
        raise IMAP4.error(f"FETCH {uid}: no size")
    return int(found.group(1))


def _literal(box: BaseMailBox, uid: int, part: str) -> bytes:
    given = [one[1] for one in _fetch(box, uid, f"({part})") if isinstance(one, tuple)]
    if not given:
        raise IMAP4.error(f"FETCH {uid}: no text")
    return given[0]


def _fetch(box: BaseMailBox, uid: int, what: str) -> list[bytes | tuple[bytes, bytes]]:
    state, told = box.client.uid("FETCH", str(uid), what)
    parts = [part for part in told if part] if state == "OK" else []
    if not parts:
        raise IMAP4.error(f"FETCH {uid}: {state}")
    return parts
