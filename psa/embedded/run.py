"""What ``make run`` does: everything that the app needs on one machine, in one terminal."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from psa import embedded, env
from psa.embedded import kernel
from psa.embedded.locks import Lock
from psa.embedded.paths import Place
from psa.embedded.programs import app_programs
from psa.embedded.supervisor import SUPERVISED, Supervisor, end_leftovers

INTERRUPTED = 130
PYTHON = sys.executable
WORDS = "PSA_LAST_WORDS"


def main() -> int:
    """Run the app until Ctrl-C; return the exit status."""
    for request in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, signal.default_int_handler)
    try:
        return _run()
    except (embedded.EmbeddedProblem, env.SettingWrong) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        embedded.end_uses()


def _run() -> int:
    place = Place(env.data_folder())
    host, port = env.text("PSA_HOST", "127.0.0.1"), env.number("PSA_PORT", 8000, at_least=1)
    place.prepare()
    only_one = Lock(place.locks("app").keeper)
    if not only_one.try_take(alone=True):
        raise embedded.EmbeddedProblem(
            f"Fixpoint is already running from {place.root}; "
            "set PSA_DATA_DIR and PSA_PORT to run a second firm beside it."
        )
    end_leftovers(str(place.root))
    _refuse_taken_port(host, port)
    _say("Starting the database and the queue")
    embedded.ensure_database()
    embedded.ensure_queue()
    environment = _environment(place, port)
    if _prepare(environment) != 0:
        return 1
    return _serve(place, environment, host, port)


def _prepare(environment: dict[str, str]) -> int:
    """Bring tables, texts and pages up to date; the command itself tells what it does."""
    command = [PYTHON, "manage.py", "prepare", "--words", environment[WORDS]]
    ends_with_this = kernel.before_start(signal.SIGTERM)
    return subprocess.run(
        command,
        cwd=env.CHECKOUT,
        env=environment,
        check=False,
        preexec_fn=ends_with_this,
    ).returncode


def _serve(place: Place, environment: dict[str, str], host: str, port: int) -> int:
    programs = app_programs(place, environment, host, port)
    supervisor = Supervisor(programs, _say)
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, supervisor.on_request)
    try:
        _say("Starting the web server, the worker and the clock")
        supervisor.start()
        if not supervisor.is_over:
            _welcome(environment, port)
        supervisor.watch(_keep_servers)
        _say("Stopping")
    finally:
        supervisor.stop()
    return 0


def _environment(place: Place, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "psa.settings.embedded",
        "PSA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **os.environ,
        SUPERVISED: str(place.root),
        WORDS: str(place.root / "run" / "last-words"),
        "PYTHONUNBUFFERED": "1",
    }


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise embedded.EmbeddedProblem(
                f"Port {port} cannot be used ({error.strerror}); choose another, for example "
                f"with `make run PSA_PORT={port + 1}`."
            ) from error


def _keep_servers() -> None:
    """Give the database and the queue a new keeper should theirs have been killed."""
    for use in embedded.uses():
        if not use.is_kept():
            use.ensure_running()


def _welcome(environment: dict[str, str], port: int) -> None:
    words = Path(environment[WORDS])
    print(f"\nFixpoint is ready: http://127.0.0.1:{port}\n")
    if words.exists():
        print(words.read_text(encoding="utf-8"))
    print("Ctrl-C stops everything; the data stays.", flush=True)


def _say(text: str) -> None:
    print(f"• {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
