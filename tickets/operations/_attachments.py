"""Steps for files that several operations share; they open no transaction."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.files import MOST_BYTES, FileBrought, safe_name, type_of
from tickets.models import Attachment, Note
from tickets.refusals import FileTooLarge


def attach_files(
    note: Note, files: Iterable[FileBrought], *, actor: User | None, now: datetime
) -> list[Attachment]:
    """Keep the files with the note.

    :raises FileTooLarge: one of them is larger than a file may be
    """
    return [keep_file(note.ticket_id, brought, actor, now, note=note) for brought in files]


def keep_file(
    ticket_id: int,
    brought: FileBrought,
    actor: User | None,
    now: datetime,
    note: Note | None = None,
) -> Attachment:
    """Keep one file; without a note it waits for the one that will be sent with it.

    :raises FileTooLarge: it is larger than a file may be
    """
    if len(brought.content) > MOST_BYTES:
        raise FileTooLarge(
            _("%(name)s is larger than %(most)d MB.")
            % {"name": safe_name(brought.name), "most": MOST_BYTES // 1024**2}
        )
    kept = Attachment(
        ticket_id=ticket_id,
        note=note,
        name=safe_name(brought.name),
        content_type=type_of(brought.content),
        size=len(brought.content),
        sha256=sha256(brought.content).hexdigest(),
        content_id=brought.content_id[:255],
        added_by=actor,
        added_at=now,
    )
    kept.file.save(kept.name, ContentFile(brought.content), save=False)
    kept.save()
    return kept
