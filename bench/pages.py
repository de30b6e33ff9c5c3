"""Pages of the desk, beside a minimal Django view that renders a table of fifty rows.

Both are asked in this process, signed in, through all middleware, so that what is compared is the
server's own time. The median of a number of requests counts.
"""

from collections.abc import Iterator
from statistics import median

from django.contrib.auth.models import Group
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from accounts.models import User
from bench.figures import Figure, milliseconds, stopwatch
from billing.models import BillingRun, Invoice
from clients.models import Client
from tickets.models import Ticket

TIMES = 9
WARM_UP = 2
TARGET = 3.0


def measure() -> Iterator[Figure]:
    """Measure each page that people open all day, over what the runs before have left."""
    browser = Browser(HTTP_HOST="localhost")
    browser.force_login(_manager(), backend="django.contrib.auth.backends.ModelBackend")
    with override_settings(ROOT_URLCONF="bench.floor_urls"):
        floor = _median_of(browser, "/floor/")
    for name, address in _addresses():
        taken = _median_of(browser, address)
        yield milliseconds(f"page: {name}", taken=taken, floor=floor, target=TARGET)


def _addresses() -> list[tuple[str, str]]:
    ticket, invoice = Ticket.objects.latest("pk"), Invoice.objects.latest("pk")
    return [
        ("tickets", reverse("tickets:tickets")),
        ("a ticket", ticket.get_absolute_url()),
        ("clients", reverse("clients:clients")),
        ("a client", Client.objects.latest("pk").get_absolute_url()),
        ("invoices", reverse("billing:invoices")),
        ("an invoice", invoice.get_absolute_url()),
        ("a billing run", BillingRun.objects.latest("pk").get_absolute_url()),
        ("dashboard", reverse("dashboards:overview")),
    ]


def _median_of(browser: Browser, address: str) -> float:
    taken = []
    for n in range(WARM_UP + TIMES):
        with stopwatch() as watch:
            answer = browser.get(address)
        if answer.status_code != 200:  # noqa: PLR2004  (the one good answer)
            raise RuntimeError(f"{address} answered {answer.status_code}")
        if n >= WARM_UP:
            taken.append(watch.seconds)
    return median(taken)


def _manager() -> User:
    person: User = User.objects.create_user("manager@bench.example", "not-used-anywhere")
    person.groups.add(Group.objects.get(name="manager"))
    return person
