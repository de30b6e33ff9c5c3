"""The proof of the books, over what the runs before have left."""

from dataclasses import dataclass

from django.db import connection

from bench.workers import workers
from billing.models import Invoice

TARGET_SECONDS = 60
TARGET_DOCUMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Proof:
    """What it took to verify the books of so many documents, all checks together."""

    documents: int
    seconds: float
    peak_megabytes: float

    @property
    def is_met(self) -> bool:
        """Whether a hundred thousand documents take a minute at most, at this pace."""
        return self.seconds / self.documents <= TARGET_SECONDS / TARGET_DOCUMENTS


def measure() -> Proof:
    """Verify the books in a process of its own.

    :raises RuntimeError: they are not whole
    """
    with workers(1, connection.settings_dict["NAME"]) as those:
        found = those.verify_books()
    if found.broken:
        raise RuntimeError(f"the books are not whole: {', '.join(found.broken)}")
    return Proof(Invoice.objects.count(), found.seconds, found.peak_megabytes)
