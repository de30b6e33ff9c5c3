"""What an import knows while it reads: the codes that exist, and which rows were refused."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from psa.legacy.cells import Refused

CLIENT, WORK_TYPE, FLAT_RATE, TICKET = "client", "work type", "flat rate", "ticket"


@dataclass(slots=True)
class World:
    """The codes that rows may refer to, and where those were refused that they may not."""

    zone: ZoneInfo
    known: dict[str, set[str]] = field(
        default_factory=lambda: {noun: set() for noun in (CLIENT, WORK_TYPE, FLAT_RATE, TICKET)}
    )
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)

    def require(self, noun: str, code: str) -> str:
        """Return the code if it exists.

        :raises Refused: it is unknown, or its own row was refused
        """
        if code in self.known[noun]:
            return code
        if (noun, code) in self.refused:
            raise Refused(f"{noun} {code} was refused ({self.refused[noun, code]})")
        if noun in self.unread:
            raise Refused(f"{noun} {code} is unknown, as {self.unread[noun]} was refused")
        raise Refused(f"{noun} {code} is unknown")
