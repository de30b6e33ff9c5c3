"""What every embedded server has in common, for the keeper that runs it."""

import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Launch:
    """How to start a server process."""

    command: list[str]
    stop_signal: signal.Signals
    in_namespace: bool = False
    options: dict[str, Any] = field(default_factory=dict)


class Service(Protocol):
    """A server that the keeper can prepare, start and ask whether it is ready."""

    name: str
    log: Path

    def prepare(self) -> Launch:
        """Make what the server needs, put right what a crash left, and say how to start it."""

    def is_ready(self, process_id: int) -> bool:
        """Say whether the server that was started as ``process_id`` answers."""
