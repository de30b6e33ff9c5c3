"""The pages of a large desk, beside a minimal Django view that renders a table of fifty rows.

All are asked in this process, signed in, through all middleware, one page after the other in
rounds, so that whatever else the machine does meets every page alike.
"""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from django.db import connection
from django.test import Client as Browser
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench.desk import Desk
from bench.figures import PageFigure, stopwatch
from tickets.models import Priority, ServiceBoard, Ticket

TIMES = 40
WARM_UP = 2
FLOOR = "floor"
SEARCHES = {
    "search: a common word": "printer",
    "search: a rare word": "R1234",
    "search: a typing error": "cartrigde",
    "search: several words": "certificate deployed server",
    "search: words of a name": "moreau garage",
}


def measure(desk: Desk) -> list[PageFigure]:
    """Measure every page that people at the desk have open all day."""
    reader = User.objects.get(pk=desk.technicians[0])
    browser = Browser(HTTP_HOST="localhost")
    browser.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    pages = {FLOOR: ["/floor/"], **_addresses(desk)}
    taken: dict[str, list[float]] = {name: [] for name in pages}
    with override_settings(ROOT_URLCONF="bench.floor_urls"):
        for n in range(WARM_UP + TIMES):
            for name, addresses in pages.items():
                seconds = _asked(browser, addresses[n % len(addresses)])
                if n >= WARM_UP:
                    taken[name].append(seconds * 1000)
    floor = _at(taken.pop(FLOOR), 50)
    return [
        PageFigure(name, _queries(browser, pages[name][0]), _at(times, 50), _at(times, 95), floor)
        for name, times in taken.items()
    ]


def _addresses(desk: Desk) -> dict[str, Sequence[str]]:
    tickets = reverse("tickets:tickets")
    board = ServiceBoard.objects.latest("pk").pk
    deep = desk.tickets // 50 // 2
    busy = Ticket.objects.get(pk=desk.first_ticket).client_id
    pages: dict[str, Sequence[str]] = {
        "tickets: my desk": [tickets],
        "tickets: all open": [f"{tickets}?scope=open"],
        "tickets: all": [f"{tickets}?scope=all"],
        "tickets: all, newest first": [f"{tickets}?scope=all&sort=-opened_at"],
        f"tickets: all, page {deep:,}": [f"{tickets}?scope=all&sort=-opened_at&page={deep}"],
        "tickets: closed, urgent, of one board": [
            f"{tickets}?scope=closed&priority={Priority.URGENT}&board={board}"
        ],
        "tickets: of one client": [f"{tickets}?scope=all&client={busy}"],
        "tickets: with a word": [f"{tickets}?scope=all&q=toner"],
        "tickets: one number": [f"{tickets}?scope=all&q=T{desk.first_ticket + 77}"],
        "board": [f"{tickets}?scope=open&layout=board"],
        "a ticket": list(islice(_tickets(desk), 20)),
        "my work": [reverse("tickets:my-work")],
    }
    return pages | {name: [f"{reverse('search')}?q={words}"] for name, words in SEARCHES.items()}


def _tickets(desk: Desk) -> Iterator[str]:
    """Return open tickets, and among them some that are closed."""
    rows = Ticket.objects.filter(closed_at=None).order_by("pk")[:200:15]
    closed = Ticket.objects.filter(pk__gt=desk.first_ticket + desk.tickets // 2).order_by("pk")[:6]
    return cycle([row.get_absolute_url() for row in (*rows, *closed)])


def _asked(browser: Browser, address: str) -> float:
    with stopwatch() as watch:
        answer = browser.get(address)
    if answer.status_code != 200:  # noqa: PLR2004  (the one good answer)
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return watch.seconds


def _queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return len(captured)


def _at(times: Sequence[float], percent: int) -> float:
    """Return the time within which so many per cent of the requests were answered."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
