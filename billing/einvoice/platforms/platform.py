"""What every way to an approved platform can do; ``tests/platform_contract.py`` says it in tests.

An adapter is given whole files and plain values. It knows no database: what it was handed and what
it reports is kept by whoever calls it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document to hand over; its name is the same however often it is tried."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the platform answered; ``taken_on`` only where it has taken the document in itself."""

    reference: str
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a document: ``status`` is one of ``PlatformStatus``."""

    number: str
    status: str
    happened_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A company of the directory and where it receives invoices."""

    siren: str
    address: str


class NotTaken(Exception):
    """The platform did not take the document; trying again may help."""


class NoDirectory(Exception):
    """This way to a platform offers no look-up in the directory."""


class Platform(Protocol):
    """A way to an approved platform."""

    def deposit(self, parcel: Parcel) -> Receipt:
        """Hand a document over; the same parcel twice is handed over once.

        :raises NotTaken: it could not be handed over, or another one has its name
        """

    def reports(self) -> Iterable[Report]:
        """Return what became of the documents; what was told before may be told again."""

    def look_up(self, siren: str) -> Listed | None:
        """Return where the company receives invoices, None where the directory has it not.

        :raises NoDirectory: this way offers no look-up
        """
