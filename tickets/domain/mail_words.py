"""Words of mails as strangers send them: wrong charsets, broken headers, bytes that are no text."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from codecs import lookup
from hashlib import sha256
from quopri import decodestring

LONGEST_HEADER = 20_000
LONGEST_SUBJECT = 200
LONGEST_ID = 255
FALLBACKS = ("utf-8", "cp1252")
# Decoders that take quadratic time or mean something else than text.
STRANGE = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")
_ID = re.compile(r"<([^<>\s]{1,998})>")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)


def fit(text: str) -> str:
    """Return the text without what a database or a page cannot hold."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(content: bytes, charset: str = "") -> str:
    """Return the bytes as text: as declared where that is possible, else as it looks likely."""
    for name in (charset.strip(" '\"").lower(), *FALLBACKS):
        try:
            if name and lookup(name).name not in STRANGE:
                return fit(content.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return fit(content.decode("latin-1"))


def header_words(raw: str) -> str:
    """Return a header as its reader sees it: unfolded, decoded, on one line."""
    clipped = raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    line = " ".join(text_of(clipped).split())
    words = _ENCODED.sub(_decoded, _BETWEEN.sub(r"\1\2", line))
    return " ".join(fit(words).split())


def message_ids(header: str) -> tuple[str, ...]:
    """Return the ids in a header in their order, each as it is kept."""
    return tuple(kept_id(found) for found in _ID.findall(header[:LONGEST_HEADER]))


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


def _decoded(word: re.Match[str]) -> str:
    charset, way, content = word.groups()
    return text_of(_bytes_of(content, way.lower()), charset.partition("*")[0])


def _bytes_of(content: str, way: str) -> bytes:
    plain = content.encode("ascii", "replace")
    if way == "q":
        return decodestring(plain.replace(b"_", b" "))
    try:
        return b64decode(plain + b"=" * (-len(plain) % 4))
    except NotBase64:
        return plain
