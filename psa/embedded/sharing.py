"""Use of an embedded server by many processes: the first starts it, the last one ends it."""

import subprocess
import sys

from psa.embedded.locks import Lock, is_held, wait_for
from psa.embedded.paths import Place
from psa.embedded.problem import EmbeddedProblem
from psa.env import CHECKOUT

READY = "ready"
NOTICE_SECONDS = 1.0


class Use:
    """The use of one server by this process."""

    def __init__(self, place: Place, name: str) -> None:
        self._place = place
        self._name = name
        self._files = place.locks(name)
        self._hold = Lock(self._files.users)
        self._hold.take(alone=False)

    def ensure_running(self) -> None:
        """Start a keeper unless one is at work, and wait until the server answers.

        :raises EmbeddedProblem: it does not come up
        """
        starting = Lock(self._files.start)
        starting.take(alone=True)
        try:
            if not self.is_kept():
                _start_keeper(self._place, self._name)
        finally:
            starting.let_go()
        wait_for(lambda: self.is_ready() or not self.is_kept())
        if not self.is_ready():
            log = self._place.log(self._name)
            raise EmbeddedProblem(f"The embedded {self._name} does not come up; see {log}.")

    def is_kept(self) -> bool:
        """Say whether a keeper looks after the server."""
        return is_held(self._files.keeper)

    def is_ready(self) -> bool:
        """Say whether the server answers."""
        return is_held(self._files.ready)

    def end(self) -> None:
        """Stop using the server; if that was its last use, wait until it has stopped."""
        self._hold.let_go()
        wait_for(lambda: is_held(self._files.users) or not self.is_kept(), NOTICE_SECONDS)
        if is_held(self._files.users):
            wait_for(lambda: not self.is_kept())


def begin_use(place: Place, name: str) -> Use:
    """Hold the server for as long as this process lives, and start it if nobody has.

    :raises EmbeddedProblem: it does not come up
    """
    place.prepare()
    use = Use(place, name)
    use.ensure_running()
    return use


def _start_keeper(place: Place, name: str) -> None:
    durability = "durable" if place.is_durable else "quick"
    with place.log(name).open("ab") as log:
        keeper = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "psa.embedded.keeper",
                name,
                str(place.root),
                durability,
            ],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            text=True,
        )
    keeper.returncode = 0  # It outlives this process on purpose, so nobody waits for its end.
    said = _first_line(keeper)
    if said != READY:
        raise EmbeddedProblem(said or f"The keeper of {name} ended; see {place.log(name)}.")


def _first_line(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        return ""
    with process.stdout:
        return process.stdout.readline().strip()
