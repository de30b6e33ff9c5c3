"""Bytes of mails as text: by the charset that is meant, which is often not the one declared."""

import re
from codecs import lookup, register_error
from collections.abc import Iterator

# Decoders that take quadratic time or mean something else than text.
STRANGE = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
# Programs name a standard and write its larger sibling, as browsers know as well.
MEANT = {
    "ascii": ("utf-8", "cp1252"),
    "iso8859-1": ("cp1252",),
    "iso8859-9": ("cp1254",),
    "tis-620": ("cp874",),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "euc_kr": ("cp949",),
    "shift_jis": ("cp932",),
    "big5": ("cp950", "big5hkscs"),
}
# Names that browsers know and the standard library does not.
OTHER_NAMES = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-big5": "cp950",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "utf8mb4": "utf-8",
}
_ONE_BYTE = re.compile(r"(?:iso8859-\d+|cp125\d|cp874|koi8-[rut]|mac-.*|tis-620)$")
# No Western language has four letters with accents in a row.
_CYRILLIC = re.compile(rb"[\xc0-\xff\xa3\xb3]{4,}")
_ENOUGH = 2
# What a Windows program means by the signs that Latin-1 keeps for control of a terminal.
_WINDOWS = {
    byte: sign for byte in range(0x80, 0xA0) if (sign := bytes([byte]).decode("cp1252", "ignore"))
}
_SAMPLE = 20_000
_META = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)


def decoded(content: bytes, charset: str = "") -> str:
    """Return the bytes as text: as declared where that can be, else as it looks likely."""
    for name in _likely(content, charset.strip(" '\"").lower()):
        try:
            return content.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError, ValueError):
            continue
    if _is_mostly_utf_8(content):
        return content.decode("utf-8", "as_western").removeprefix("\ufeff")
    return content.decode(_cyrillic(content) or "latin-1").translate(_WINDOWS)


def charset_of_page(content: bytes) -> str:
    """Return the charset that an HTML page names in its head."""
    found = _META.search(content[:4000])
    return found.group(1).decode() if found else ""


def _likely(content: bytes, declared: str) -> Iterator[str]:
    name = _known(OTHER_NAMES.get(declared, declared))
    if name and name not in STRANGE:
        # Letters of one byte that happen to be correct UTF-8 do not occur in a text of a person.
        if _ONE_BYTE.match(name) and not content.isascii():
            yield "utf-8"
        yield from MEANT.get(name, ())
        yield name
    yield "utf-8"


def _known(name: str) -> str:
    try:
        return lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether letters are UTF-8 rather than not: one was cut, or another text was put in."""
    kept = content.decode("utf-8", "ignore")
    letters = len(kept) - len(kept.encode("ascii", "ignore"))
    return letters >= len(content) - len(kept.encode())


def _cyrillic(content: bytes) -> str:
    """Return the charset of a text that looks Cyrillic: small letters are the more frequent."""
    words = _CYRILLIC.findall(content[:_SAMPLE])
    if len(words) < _ENOUGH:
        return ""
    letters = b"".join(words)
    low = sum(letter < 0xE0 for letter in letters)  # noqa: PLR2004  (small in KOI8-R, capital in Windows)
    return "koi8-r" if low * 2 > len(letters) else "cp1251"


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("latin-1").translate(_WINDOWS), error.end


register_error("as_western", _as_western)
