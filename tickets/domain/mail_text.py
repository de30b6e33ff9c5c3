"""The text of a mail: what its writer says, what they only repeat, and HTML made harmless."""

import re
from html import unescape

import nh3

LONGEST_TEXT = 100_000
LONGEST_HTML = 500_000
LONGEST_LINE = 1_000
MOST_TAGS = 20_000
MOST_LINES_OF_HEADING = 3
ABOVE_THIS_LINE = "##-"
BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4",
     "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)  # fmt: skip
NOT_SAID = {"script", "style", "title"}
_BREAK = re.compile(r"<(?:br|hr|/(?:p|div|tr|li|h[1-6]|table|ul|ol|blockquote|pre|dd|dt))>")
# A tag ends where the next begins: else many beginnings without an end take for ever.
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_REPEATS = re.compile(
    r"\s*(?:-{2,}|_{5,})\s*(?:original message|message d.origine|message original"
    r"|forwarded message|message transf\S+|urspr\S+ nachricht)\s*-*\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*_{10,}\s*$")
_FROM = re.compile(r"\s*\*?(?:from|de|von)\s?:\*?\s+\S", re.IGNORECASE)
_SENT = re.compile(r"\s*\*?(?:sent|date|envoy\S+|gesendet)\s?:\*?\s+\S", re.IGNORECASE)
_WROTE = re.compile(r".{0,400}\b(?:wrote|a écrit|schrieb.{0,200})\s?:\s*$", re.IGNORECASE)
_WHEN = re.compile(r"\s*(?:on|le|am)\s", re.IGNORECASE)


def harmless_html(html: str) -> str:
    """Return the HTML without anything that acts or reports home; too much of it is left out."""
    if len(html) > LONGEST_HTML or html.count("<") > MOST_TAGS:
        return ""
    return nh3.clean(
        html,
        attribute_filter=_own_images_only,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        clean_content_tags=NOT_SAID,
        link_rel="noopener noreferrer nofollow",
    )


def _own_images_only(element: str, attribute: str, value: str) -> str | None:
    """Let an image in where it came with the mail: others tell their owner who reads when."""
    if attribute == "src" and element == "img":
        return value if value.startswith("cid:") else None
    return None if attribute in {"src", "cite", "background", "poster", "srcset"} else value


def text_of_html(html: str) -> str:
    """Return what HTML says, line by line."""
    if html.count("<") > MOST_TAGS:
        html = _TAG.sub(" ", html)
    bare = nh3.clean(
        html[:LONGEST_HTML],
        tags=set(BLOCKS),
        clean_content_tags=NOT_SAID,
        attributes={},
        link_rel=None,
    )
    lines = _BREAK.sub("\n", " ".join(bare.split("\n")))
    said = unescape(_TAG.sub("", lines))
    tidy = "\n".join(_SPACES.sub(" ", line).strip() for line in said.split("\n"))
    return _EMPTY_LINES.sub("\n\n", tidy).strip()


def part_quoted(text: str) -> tuple[str, str]:
    """Return what is said, and what is only repeated from earlier mails.

    Where a reply stands between the lines it answers, nothing is parted: it would lose its sense.
    """
    lines = text[:LONGEST_TEXT].split("\n")
    end = _end_of_said(lines)
    said, quoted = _without_marked(lines[:end])
    return _joined(said), _joined([*quoted, *lines[end:]])


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _end_of_said(lines: list[str]) -> int:
    """Return where an earlier mail is repeated whole, without marks."""
    for place, line in enumerate(lines):
        if len(line) <= LONGEST_LINE and _begins_repeat(lines, place, line):
            return place
    return len(lines)


def _begins_repeat(lines: list[str], place: int, line: str) -> bool:
    if line.startswith(ABOVE_THIS_LINE) or _REPEATS.match(line):
        return True
    following = lines[place + 1 : place + 1 + MOST_LINES_OF_HEADING]
    if _RULE.match(line):
        return any(_FROM.match(one[:LONGEST_LINE]) for one in following)
    return bool(_FROM.match(line)) and any(_SENT.match(one[:LONGEST_LINE]) for one in following)


def _without_marked(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part lines marked by > from the others, where all that is said stands on one side."""
    marked = _marked(lines)
    if not marked:
        return lines, []
    first, last = min(marked), max(marked)
    before, after = lines[:first], lines[last + 1 :]
    between = [lines[place] for place in range(first, last + 1) if place not in marked]
    has_between = any(line.strip() for line in between)
    if has_between or (_joined(before) and _joined(after)):
        return lines, []
    return (before if _joined(before) else after), lines[first : last + 1]


def _marked(lines: list[str]) -> set[int]:
    """Return the places of marked lines, and of the line above them that says who wrote."""
    marked: set[int] = set()
    for place, line in enumerate(lines):
        if line.lstrip()[:1] != ">":
            continue
        marked.add(place)
        if place - 1 not in marked:
            marked |= _heading_above(lines, place)
    return marked


def _heading_above(lines: list[str], place: int) -> set[int]:
    above = place - 1
    while above >= 0 and place - above <= MOST_LINES_OF_HEADING and not lines[above].strip():
        above -= 1
    if above < 0 or not _WROTE.match(lines[above][:LONGEST_LINE]):
        return set()
    starts_above = above > 0 and not _WHEN.match(lines[above]) and _WHEN.match(lines[above - 1])
    return set(range(above - 1 if starts_above else above, place))
