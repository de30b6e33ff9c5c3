"""A supervisor over two programs that only wait; run by the tests of the supervisor."""

import os
import signal
import sys
from pathlib import Path

from psa.embedded.supervisor import SUPERVISED, Program, Supervisor

WAITER = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(600)
"""


def main(folder: Path) -> int:
    """Run the two until told to stop, saying what happens."""

    def say(text: str) -> None:
        print(text, flush=True)  # noqa: T201  (its output is what the test reads)

    environment = {**os.environ, SUPERVISED: str(folder)}
    programs = [
        Program(
            name,
            [sys.executable, "-c", WAITER, str(folder / name)],
            folder / f"{name}.log",
            is_ready=(folder / name).exists,
            environment=environment,
        )
        for name in ("first", "second")
    ]
    supervisor = Supervisor(programs, say)
    signal.signal(signal.SIGTERM, supervisor.on_request)
    try:
        supervisor.start()
        say("ready")
        supervisor.watch(lambda: None)
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
