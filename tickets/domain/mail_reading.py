"""Reading a mail as the world sends them: whatever is broken in it, the rest is found."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses
from typing import Any, TypeVar

from tickets.domain.files import FileBrought
from tickets.domain.mail_charsets import charset_of_page
from tickets.domain.mail_text import harmless_html, part_quoted, text_of_html
from tickets.domain.mail_words import (
    LONGEST_HEADER,
    LONGEST_SUBJECT,
    addresses_in,
    header_words,
    message_ids,
    one_address,
    text_of,
)

MOST_BOUNDARIES = 128
MOST_PARTS = 200
MOST_FILES = 50
MOST_REFERENCES = 50
SENT_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_BOUNDARY = re.compile(rb"boundary\s*\*?\d*\*?\s*=", re.IGNORECASE)
Found = TypeVar("Found")
Part = Message


class _ShortHeaders(Compat32):
    """Cuts headers longer than any program writes: the library would sit over them for hours."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return name and value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


class TooTangled(Exception):
    """A mail whose parts are nested deeper than any person's mail program does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the headers of a mail say."""

    message_id: str = ""
    references: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    recipients: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """A mail, read: its envelope, what it says, and the files it brings."""

    envelope: Envelope
    text: str
    quoted: str
    html: str
    files: tuple[FileBrought, ...]
    message: Part


def read_mail(raw: bytes) -> ReadMail:
    """Return what a mail says.

    :raises TooTangled: its parts are nested beyond reading
    """
    if len(_BOUNDARY.findall(raw)) > MOST_BOUNDARIES:
        raise TooTangled
    message: Part = message_from_bytes(raw.removeprefix(BOM_UTF8), policy=_ShortHeaders())
    texts, pages, files = _sorted_parts(message)
    html = "\n".join(pages)
    plain = "\n".join(texts)
    text, quoted = part_quoted(plain if plain.strip() else text_of_html(html))
    return ReadMail(
        envelope=read_envelope(message),
        text=text,
        quoted=quoted,
        html=harmless_html(html),
        files=tuple(files[:MOST_FILES]),
        message=message,
    )


def read_envelope(message: Part) -> Envelope:
    """Return what the headers say."""
    ids = message_ids(_header(message, "Message-ID"))
    answered = message_ids(_header(message, "In-Reply-To"))
    earlier = message_ids(_header(message, "References"))
    name, sender = _sender(message)
    return Envelope(
        message_id=ids[0] if ids else "",
        references=(*earlier, *answered)[-MOST_REFERENCES:],
        sender=sender,
        sender_name=name[:LONGEST_SUBJECT],
        subject=words(message, "Subject")[:LONGEST_SUBJECT],
        recipients=tuple(one for name in SENT_TO for one in addresses_in(_header(message, name))),
        checks=tuple(_headers(message, "Authentication-Results")),
    )


def words(message: Part, name: str) -> str:
    """Return a header as its reader sees it."""
    return header_words(_header(message, name))


def leaves(message: Part) -> Iterator[Part]:
    """Yield the parts that hold something; a mail inside the mail is one of them."""
    waiting, given = [message], 0
    while waiting and given < MOST_PARTS:
        part = waiting.pop()
        inner: Any = part.get_payload()
        if isinstance(inner, list) and _maintype(part) != "message":
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            given += 1
            yield part


def content_of(part: Part) -> bytes:
    """Return the bytes of a part, those of a mail inside the mail as it was sent."""
    inner: Any = part.get_payload()
    if isinstance(inner, list):
        mails = [one for one in inner if isinstance(one, Message)]
        return b"\n".join(tried(one.as_bytes, b"") for one in mails)
    content: Any = tried(lambda: part.get_payload(decode=True), None)
    return content if isinstance(content, bytes) else b""


def tried(read: Callable[[], Any], otherwise: Found) -> Any | Found:  # noqa: ANN401  (whatever the library gives)
    """Return what reading gives; what the library cannot read is as if it were not there."""
    try:
        return read()
    except RecursionError:
        raise
    except Exception:  # noqa: BLE001  (the library fails in many ways over broken mails)
        return otherwise


def _sorted_parts(message: Part) -> tuple[list[str], list[str], list[FileBrought]]:
    texts: list[str] = []
    pages: list[str] = []
    files: list[FileBrought] = []
    for part in leaves(message):
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and not _is_file(
            part, has_text=bool(texts or pages)
        ):
            (pages if kind == "text/html" else texts).append(_text(part, kind))
        elif content := content_of(part):
            files.append(_file(part, content, len(files) + 1))
    return texts, pages, files


def _text(part: Part, kind: str) -> str:
    content = content_of(part)
    charset = str(tried(part.get_content_charset, "") or "")
    if not charset and kind == "text/html":
        charset = charset_of_page(content)
    return text_of(content, charset)


def _is_file(part: Part, *, has_text: bool) -> bool:
    """Whether it is no text of the mail: some programs give the first text a name too."""
    way = tried(part.get_content_disposition, None)
    return way == "attachment" or (has_text and bool(_filename(part)))


def _file(part: Part, content: bytes, number: int) -> FileBrought:
    ending = {
        "text/calendar": ".ics",
        "message/rfc822": ".eml",
        "image/png": ".png",
        "image/jpeg": ".jpg",
        "image/gif": ".gif",
        "application/pdf": ".pdf",
    }.get(part.get_content_type(), "")
    marks = _header(part, "Content-ID").strip().strip("<>")
    return FileBrought(
        name=_filename(part) or f"part-{number}{ending}",
        content=content,
        content_id=header_words(marks)[:255],
    )


def _filename(part: Part) -> str:
    return header_words(str(tried(part.get_filename, "") or ""))


def _maintype(part: Part) -> str:
    return str(tried(part.get_content_maintype, "text"))


def _sender(message: Part) -> tuple[str, str]:
    """Return name and address of the sender; two addresses, or half a one, are none."""
    raw = _header(message, "From") or _header(message, "Sender")
    if len(set(_headers(message, "From"))) > 1:
        return header_words(raw)[:LONGEST_SUBJECT], ""
    found: list[tuple[str, str]] = tried(lambda: getaddresses([_on_one_line(raw)]), [])
    if len(found) != 1:
        return header_words(raw)[:LONGEST_SUBJECT], ""
    name, address = found[0]
    is_whole = raw.count("@") == name.count("@") + 1
    return header_words(name), one_address(address) if is_whole else ""


def _header(message: Part, name: str) -> str:
    return next(iter(_headers(message, name)), "")


def _headers(message: Part, name: str) -> list[str]:
    """Return the headers of that name with their bytes as they came."""
    wanted = name.lower()
    found = [str(value) for one, value in message.raw_items() if one.lower() == wanted]
    return [value[:LONGEST_HEADER] for value in found]


def _on_one_line(raw: str) -> str:
    return " ".join(raw[:2000].split())
