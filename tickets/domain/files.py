"""Files that people bring: what they are by their content, and under which name they are kept."""

import re
from dataclasses import dataclass

LONGEST_NAME = 120
MOST_BYTES = 25 * 1024 * 1024
BINARY = "application/octet-stream"
WEBP_HEAD = 12
# A browser may show these in a page; everything else is only ever downloaded.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBrought:
    """A file as somebody brings it; ``content_id`` is how the text of a mail names its image."""

    name: str
    content: bytes
    content_id: str = ""


def type_of(content: bytes) -> str:
    """Return what a file is by its first bytes, never by what its sender says."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    is_webp = content[:4] == b"RIFF" and content[8:WEBP_HEAD] == b"WEBP"
    return "image/webp" if is_webp else BINARY


def safe_name(name: str) -> str:
    """Return a name that is one on every system and hides nothing, its ending kept."""
    plain = _FORBIDDEN.sub("_", name.encode("utf-8", "replace").decode()).strip(" .")
    if len(plain) <= LONGEST_NAME:
        return plain or "file"
    stem, dot, ending = plain.rpartition(".")
    is_ending = bool(dot) and len(ending) <= LONGEST_NAME // 10
    kept = f".{ending}" if is_ending else ""
    return (stem if is_ending else plain)[: LONGEST_NAME - len(kept)] + kept
