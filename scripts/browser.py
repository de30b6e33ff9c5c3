"""See that the browser journeys have a browser: the machine's, else one that can be fetched.

Never fails: where none can be had, the tests say loudly what they left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TRIED = CHECKOUT / ".venv" / "browser-tried"
SECONDS = 300

sys.path.insert(0, str(CHECKOUT))


def main() -> int:
    """Install Chromium once, unless there is one or it was tried before."""
    from tests.plugins.browser import find_browser  # noqa: PLC0415  (needs the line above)

    if find_browser() or TRIED.exists():
        return 0
    print("• A browser for the journeys", flush=True)
    TRIED.touch()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update", "--quiet")
        _try("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    else:
        _try(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
    return 0


def _try(*command: str) -> None:
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_BROWSERS_PATH": str(CHECKOUT / "var" / "browsers"),
    }
    try:
        subprocess.run(command, env=environment, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"  {command[0]} did not succeed: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
