"""What a stored mail says, for a person who looks at it."""

from dataclasses import dataclass

from tickets.domain.files import FileBrought
from tickets.domain.mail_reading import read_mail
from tickets.domain.mail_words import text_of
from tickets.models import InboundMail

LONGEST_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail as it is shown; one that cannot be read is shown as the text that it is."""

    text: str
    quoted: str = ""
    html: str = ""
    files: tuple[FileBrought, ...] = ()
    is_readable: bool = True


def letter_of(mail: InboundMail) -> Letter:
    """Return what the mail says."""
    raw = bytes(mail.raw)
    try:
        read = read_mail(raw)
    except Exception:  # noqa: BLE001  (whatever is wrong with it, a person wants to see it)
        return Letter(text_of(raw[:LONGEST_SHOWN]), is_readable=False)
    return Letter(read.text, read.quoted, read.html, read.files)
