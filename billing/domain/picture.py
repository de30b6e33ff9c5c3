"""Pictures and colours that paper can be set with."""

import re
import zlib
from decimal import Decimal
from struct import unpack

PNG = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 4000
# WCAG 2.2: what text on a ground, and ground behind white text, need to be read.
ENOUGH_CONTRAST = Decimal("4.5")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FULL = Decimal(255)


class NoPicture(ValueError):
    """It is no picture that can be printed."""


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, of which every part is whole.

    :raises NoPicture: it is none, or part of it is missing or damaged
    """
    if not content.startswith(PNG):
        raise NoPicture("no PNG")
    kinds = []
    place = len(PNG)
    while place < len(content):
        kind, place = _part(content, place)
        kinds.append(kind)
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        raise NoPicture("parts are missing")
    width, height = unpack(">II", content[16:24])
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise NoPicture("too large")
    return width, height


def _part(content: bytes, place: int) -> tuple[bytes, int]:
    """Return a part's kind, and where the next begins."""
    if place + 12 > len(content):
        raise NoPicture("cut off")
    [length] = unpack(">I", content[place : place + 4])
    end = place + 12 + length
    if end > len(content):
        raise NoPicture("cut off")
    [told] = unpack(">I", content[end - 4 : end])
    if zlib.crc32(content[place + 4 : end - 4]) != told:
        raise NoPicture("damaged")
    return content[place + 4 : place + 8], end


def is_colour(text: str) -> bool:
    """Whether it is a colour as browsers write it: #0f5e9c."""
    return bool(_COLOUR.fullmatch(text))


def contrast_with_white(colour: str) -> Decimal:
    """Return how well white stands out against a colour, from 1 to 21, after WCAG."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    light = (
        Decimal("0.2126") * _linear(red)
        + Decimal("0.7152") * _linear(green)
        + Decimal("0.0722") * _linear(blue)
    )
    return Decimal("1.05") / (light + Decimal("0.05"))


def _linear(part: int) -> Decimal:
    share = part / _FULL
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
