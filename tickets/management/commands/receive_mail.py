"""Take a mail from standard input, as a mail server pipes it."""

import sys
from hashlib import sha256
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from tickets.imap import MOST_BYTES
from tickets.models import Mailbox
from tickets.operations.store_mail import store_mail

# What sendmail and its successors understand: try later, refuse for good, address unknown.
EX_DATAERR, EX_NOUSER, EX_TEMPFAIL = 65, 67, 75


class Command(BaseCommand):
    """Store one mail: 0 stored, 75 try again later, 65 empty or too large, 67 no such mailbox."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the mailbox that the mail is for."""
        parser.add_argument("--mailbox", default="", help="address that the mail was sent to")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401  (what Django passes)
        """Store the mail and end with the code that the mail server acts on."""
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        if not raw.strip():
            self._leave(EX_DATAERR, "No mail on standard input.")
        if len(raw) > MOST_BYTES:
            self._leave(EX_DATAERR, f"A mail may have {MOST_BYTES} bytes at most.")
        try:
            self._store(raw, options["mailbox"].strip())
        except DatabaseError as error:
            self._leave(EX_TEMPFAIL, f"Not stored, try again later: {error}")

    def _store(self, raw: bytes, address: str) -> None:
        mailbox = Mailbox.objects.filter(address__iexact=address).first() if address else None
        if address and mailbox is None:
            self._leave(EX_NOUSER, f"No mailbox has the address {address}.")
        key = f"pipe:{mailbox.pk if mailbox else ''}:{sha256(raw).hexdigest()}"
        mailbox_id = mailbox.pk if mailbox else None
        store_mail(raw=raw, key=key, now=timezone.now(), mailbox_id=mailbox_id)

    def _leave(self, code: int, why: str) -> None:
        self.stderr.write(why)
        sys.exit(code)
