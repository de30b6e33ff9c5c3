"""Steps shared by all that is done with mandates."""

from datetime import date

from clients.models import Mandate


class MandateRefused(Exception):
    """A mandate cannot be recorded or ended as it was asked."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def end(mandate: Mandate, reason: str, day: date, note: str = "") -> None:
    """Let a mandate count no more."""
    mandate.ended_on, mandate.end_reason, mandate.end_note = day, reason, note[:200]
    mandate.save(update_fields=["ended_on", "end_reason", "end_note"])
