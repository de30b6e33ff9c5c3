"""A real browser for the journeys, and a loud word when there is none."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

import pytest
from django.core.signals import request_finished, request_started

from psa import env

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
LEFT_OUT = pytest.StashKey[int]()


def find_browser() -> str | None:
    """Return the program: the one named, the system's, or the one that set-up fetched."""
    named = os.environ.get("PSA_CHROMIUM")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    fetched = sorted((env.CHECKOUT / "var" / "browsers").glob("chromium*/*/*chrome*shell"))
    return on_path or (str(fetched[-1]) if fetched else None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the journeys out where there is no browser, unless they are insisted on."""
    journeys = [item for item in items if item.get_closest_marker("browser")]
    if not journeys or find_browser():
        return
    if os.environ.get("PSA_BROWSER") == "insist":
        raise pytest.UsageError("The browser journeys are insisted on, but Chromium is missing.")
    config.stash[LEFT_OUT] = len(journeys)
    config.hook.pytest_deselected(items=journeys)
    items[:] = [item for item in items if item not in journeys]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that journeys were left out."""
    if find_browser() is None:
        terminalreporter.section("BROWSER JOURNEYS LEFT OUT", sep="!", red=True, bold=True)
        terminalreporter.line("No Chromium was found and none could be installed. Install it")
        terminalreporter.line("(apt-get install chromium) or name it in PSA_CHROMIUM.")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    """Chromium, started once for each test process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (slow, and rarely needed)

    # Playwright's loop runs in this thread while tests talk to the database from it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=find_browser(),
            args=FLAGS,
            downloads_path=str(tmp_path_factory.mktemp("downloads")),
        )
        yield opened
        opened.close()


class UnderWay:
    """Counts the requests that the test's server is answering."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = Condition()

    def begin(self, **_: object) -> None:
        """Count one more."""
        self._step(1)

    def end(self, **_: object) -> None:
        """Count one less."""
        self._step(-1)

    def wait_for_none(self) -> None:
        """Wait until the last one is answered, for the database is emptied next."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._count <= 0, timeout=20)

    def _step(self, by: int) -> None:
        with self._changed:
            self._count += by
            self._changed.notify_all()


@pytest.fixture
def requests_under_way() -> Iterator[UnderWay]:
    """Know which requests are being answered while a journey is made."""
    under_way = UnderWay()
    request_started.connect(under_way.begin)
    request_finished.connect(under_way.end)
    yield under_way
    request_started.disconnect(under_way.begin)
    request_finished.disconnect(under_way.end)


@pytest.fixture
def browser_context(
    browser: "Browser", live_server: object, requests_under_way: UnderWay
) -> "Iterator[BrowserContext]":
    """A visitor nobody has seen before; addresses may be relative to the test's own server."""
    context = browser.new_context(
        base_url=str(live_server), locale="en-GB", viewport={"width": 1440, "height": 900}
    )
    yield context
    context.close()
    requests_under_way.wait_for_none()


@pytest.fixture
def page(browser_context: "BrowserContext") -> "Iterator[Page]":
    """A page whose errors on the console fail the test."""
    opened = browser_context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if _is_error(said) else None)
    yield opened
    assert errors == []


def _is_error(said: "ConsoleMessage") -> bool:
    """Whether it is an error; that a form was refused is an answer, which Chromium cannot know."""
    return said.type == "error" and "status of 422" not in said.text


def screenshot_folder() -> Path:
    """Where journeys may leave pictures for people to judge."""
    folder = env.CHECKOUT / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
