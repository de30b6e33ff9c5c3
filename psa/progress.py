"""A bar in the terminal for work that takes long; plain lines where there is no terminal."""

import time
from types import TracebackType
from typing import Self, TextIO

WIDTH = 30
EVERY_SECONDS = 0.1


class Progress:
    """Shows how far a long work is, on a stream of its own so that results stay clean."""

    def __init__(self, out: TextIO, total: int) -> None:
        self._out = out
        self._total = total
        self._done = 0
        self._label = ""
        self._drawn_at = 0.0
        self._is_terminal = out.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_terminal:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def advance(self, label: str, steps: int) -> None:
        """Say what is being done, and that so many steps of it are done."""
        is_new = label != self._label
        self._label = label
        self._done = min(self._total, self._done + steps)
        if not self._is_terminal:
            if is_new:
                self._out.write(f"{label}\n")
                self._out.flush()
        elif is_new or time.monotonic() - self._drawn_at > EVERY_SECONDS:
            self._draw()

    def _draw(self) -> None:
        share = self._done / self._total if self._total else 1
        full = round(share * WIDTH)
        bar = "█" * full + "░" * (WIDTH - full)
        self._out.write(f"\r\x1b[K{bar} {share:4.0%} {self._label}")
        self._out.flush()
        self._drawn_at = time.monotonic()
