"""Words of mails as strangers send them: wrong charsets, broken headers, bytes that are no text."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from hashlib import sha256
from quopri import decodestring

from tickets.domain.mail_charsets import decoded

LONGEST_HEADER = 20_000
LONGEST_SUBJECT = 200
LONGEST_ID = 255
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_WORD = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="
_ROW = re.compile(rf"{_WORD}(?:\s*{_WORD})*")
_ID = re.compile(r"<([^<>]{1,998})>")
_BARE_ID = re.compile(r"[^<>\s]{1,990}@[^<>\s]{1,990}")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)


def fit(text: str) -> str:
    """Return the text without what a database or a page cannot hold."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(content: bytes, charset: str = "") -> str:
    """Return the bytes as text: as declared where that is possible, else as it looks likely."""
    return fit(decoded(content, charset))


def header_words(raw: str) -> str:
    """Return a header as its reader sees it: unfolded, decoded, on one line."""
    clipped = raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    line = " ".join(text_of(clipped).split())
    words = _ROW.sub(_row_decoded, line)
    return " ".join(fit(words).split())


def message_ids(header: str) -> tuple[str, ...]:
    """Return the ids in a header in their order, each as it is kept.

    Some are broken by the end of a line, and some programs leave the brackets out.
    """
    clipped = header[:LONGEST_HEADER]
    bare = _BARE_ID.fullmatch(clipped.strip())
    found = [bare.group()] if bare else ["".join(one.split()) for one in _ID.findall(clipped)]
    return tuple(kept_id(one) for one in found if one)


def kept_id(message_id: str) -> str:
    """Return an id that fits; a monstrous one is kept by its fingerprint."""
    plain = fit(message_id.encode("utf-8", "replace").decode()).strip()
    return plain if len(plain) <= LONGEST_ID else sha256(plain.encode()).hexdigest()


def one_address(text: str) -> str:
    """Return the address where the text is exactly one, in lower case, else nothing."""
    plain = text.strip().lower()
    return plain if _ADDRESS.fullmatch(plain) else ""


def addresses_in(text: str) -> tuple[str, ...]:
    """Return all that looks like an address, in lower case."""
    return tuple(found.lower() for found in _ADDRESS.findall(text[:LONGEST_HEADER]))


def _row_decoded(row: re.Match[str]) -> str:
    """Return encoded words in a row: a letter may begin in one and end in the next."""
    pieces: list[tuple[str, bytes]] = []
    for charset, way, content in _ENCODED.findall(row.group()):
        name, plain = charset.partition("*")[0].lower(), _bytes_of(content, way.lower())
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + plain)
        else:
            pieces.append((name, plain))
    return "".join(text_of(plain, name) for name, plain in pieces)


def _bytes_of(content: str, way: str) -> bytes:
    plain = content.encode("ascii", "replace")
    if way == "q":
        return decodestring(plain.replace(b"_", b" "))
    try:
        return b64decode(plain + b"=" * (-len(plain) % 4))
    except NotBase64:
        return plain
