"""How far somebody has read a ticket, and how a ticket was worded when they read it."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """The last note and the last change of status that were on the page."""

    note_id: int = 0
    step_id: int = 0

    def __str__(self) -> str:
        return f"{self.note_id}.{self.step_id}"


def seen_from(text: str) -> Seen | None:
    """Return what a page says it showed, None where it says nothing that can be read."""
    note, _, step = text.partition(".")
    readable = note.isascii() and note.isdecimal() and step.isascii() and step.isdecimal()
    return Seen(int(note[:18]), int(step[:18])) if readable else None


def wording_of(client_id: int, subject: str, description: str) -> str:
    """Return a short mark of what a ticket says, the same only while nobody has reworded it."""
    lines = description.replace("\r\n", "\n").strip()
    said = "\0".join((str(client_id), subject.strip(), lines))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
