"""The app's own processes: the web server, the worker, and the clock that rings for due work."""

import http.client
import sys

from psa import env
from psa.embedded.paths import Place
from psa.embedded.supervisor import Program

ANSWER_SECONDS = 10


def app_programs(place: Place, environment: dict[str, str], host: str, port: int) -> list[Program]:
    """Say how each process is started and, for the web server, when it is ready."""
    gunicorn = [
        *("gunicorn", "psa.wsgi", "--chdir", str(env.CHECKOUT), "--bind", f"{host}:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--timeout", "60", "--graceful-timeout", "5", "--no-control-socket"),
    ]
    celery = ["celery", "-A", "psa.celery", "--workdir", str(env.CHECKOUT)]
    workers = str(env.number("PSA_WORKERS", 2, at_least=1))
    worker = [
        *celery,
        *("worker", "--concurrency", workers, "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]
    schedule = str(place.root / "clock")
    clock = [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "WARNING"]

    def program(name: str, words: list[str]) -> Program:
        log = place.log(name.replace(" ", "-"))
        return Program(name, [sys.executable, "-m", *words], log, environment=environment)

    web = program("web server", gunicorn)
    web.is_ready = lambda: _answers(host, port)
    return [web, program("worker", worker), program("clock", clock)]


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
