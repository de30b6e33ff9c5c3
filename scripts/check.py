"""Every check of the code that is not a test, each once, as many at a time as there are cores."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = CHECKOUT / ".venv" / "bin"
PYTHON = str(BIN / "python")
# The slowest first, so that the others run beside it.
CHECKS = {
    "mypy": [str(BIN / "mypy"), "."],
    "djlint": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "openapi": [
        *(PYTHON, "manage.py", "spectacular"),
        *("--validate", "--fail-on-warn", "--file", os.devnull),
    ],
    "django": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "ruff check": [str(BIN / "ruff"), "check"],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet"],
}


def main() -> int:
    """Run all checks; 1 when one finds something."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(_run, CHECKS))
    failed = [name for name, has_passed in zip(CHECKS, results, strict=True) if not has_passed]
    if failed:
        print(f"\n{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
    return 1 if failed else 0


def _run(name: str) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name],
        cwd=CHECKOUT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "psa.settings.test", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    report = "" if done.returncode == 0 else f"\n{done.stdout.strip()}\n"
    print(f"{verdict:6} {name}, {time.monotonic() - began:.1f} s{report}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
