"""The access ladder: works, wrong role, other client's object, anonymous, wrong method."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.architecture.access_world import World

Face = Literal["public", "own", "desk", "portal", "api"]
Objects = Callable[[World], Mapping[str, Any]]
Values = Callable[[World], Mapping[str, Any]]
STAFF = ("technician", "dispatcher", "accountant", "manager", "administrator")
EVERYBODY = (*STAFF, "client_contact")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOBODYS = 999_999_999
SIGNED_OUT = frozenset({302, 401})
DONE = frozenset({200, 201, 202, 204, 302, 400, 409, 422})
UUID_DASHES = 4


def _nothing(_world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """Who may do what at one address.

    ``permissions`` names what each allowed method asks for, empty for nothing. ``objects`` makes
    what the address is about, all of the client ALPHA; ``posts`` and ``asks`` are sent along.
    ``answers`` are the statuses that mean "done", ``nobodys`` those for an object that is not
    there. With ``portal``, a client's people read here what is theirs.
    """

    face: Face
    permissions: Mapping[str, str]
    objects: Objects | None = None
    posts: Values = _nothing
    asks: Values = _nothing
    answers: frozenset[int] = DONE
    nobodys: frozenset[int] = frozenset({404})
    portal: str = ""

    @property
    def methods(self) -> tuple[str, ...]:
        """What can be done here."""
        return tuple(self.permissions)

    def doer(self, world: World, method: str) -> User:
        """Return the person with the smallest role that may."""
        return next(world.cast[one] for one in EVERYBODY if self._may(world.cast[one], method))

    def refused(self, world: World, method: str) -> User | None:
        """Return a person who may not; None where everybody may."""
        people = [world.cast[one] for one in EVERYBODY]
        return next((one for one in people if not self._may(one, method)), None)

    def is_open_to_portal(self, method: str) -> bool:
        """Whether a client's people may use this method here."""
        return self.face in {"portal", "own"} or (bool(self.portal) and method == "GET")

    def _may(self, person: User, method: str) -> bool:
        permission = self.permissions[method]
        if self.portal and method == "GET" and person.has_perm(self.portal):
            return True
        return not permission or person.has_perm(permission)


def all_addresses() -> dict[str, list[URLPattern]]:
    """Return every address of the product by its full name."""
    found: dict[str, list[URLPattern]] = {}
    for name, pattern in _walk(get_resolver().url_patterns, ""):
        found.setdefault(name, []).append(pattern)
    return found


def _walk(patterns: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern


class Climb:
    """Climbs the ladder of one address and collects what is not as it should be."""

    def __init__(self, name: str, row: Row, world: World) -> None:
        self.name, self.row, self.world = name, row, world
        self.kwargs = dict(row.objects(world)) if row.objects else {}
        self.problems: list[str] = []
        self._browsers: dict[int | None, Browser] = {}

    def climb(self) -> list[str]:
        """Return what is wrong, step by step; what changes something comes last."""
        self._anonymous()
        self._wrong_role()
        self._other_clients_object()
        self._wrong_method()
        self._works()
        return self.problems

    def _anonymous(self) -> None:
        if self.row.face == "public":
            return
        for method in self.row.methods:
            self._expect(SIGNED_OUT, None, method, "anonymous")

    def _wrong_role(self) -> None:
        for method in self.row.methods:
            person = self.row.refused(self.world, method)
            if person is not None:
                self._expect(frozenset({403}), person, method, "wrong role")
            if self.row.permissions[method] and not self.row.is_open_to_portal(method):
                contact = self.world.cast["client_contact"]
                self._expect(frozenset({403}), contact, method, "somebody from a client")

    def _other_clients_object(self) -> None:
        if not self.kwargs or self.row.face == "public":
            return
        nobodys = {key: _nobodys(value) for key, value in self.kwargs.items()}
        for method in self.row.methods:
            doer = self.row.doer(self.world, method)
            self._expect(self.row.nobodys, doer, method, "nobody's object", nobodys)
            if self.row.face != "own" and self.row.is_open_to_portal(method):
                outsider = self.world.cast["outsider"]
                self._expect(frozenset({404}), outsider, method, "other client's object")

    def _wrong_method(self) -> None:
        person = self._mightiest()
        for method in set(METHODS) - set(self.row.methods):
            self._expect(frozenset({405}), person, method, "wrong method")

    def _mightiest(self) -> User | None:
        """Return who may do all that can be done here, so that the method is what is refused."""
        if self.row.face == "public":
            return None
        if self.row.face == "api":
            return self.world.mightiest
        return self.row.doer(self.world, self.row.methods[0])

    def _works(self) -> None:
        for method in self.row.methods:
            self._browsers.clear()
            is_public = self.row.face == "public"
            person = None if is_public else self.row.doer(self.world, method)
            self._expect(self.row.answers, person, method, "works")
            if self.row.portal and method == "GET":
                contact = self.world.cast["client_contact"]
                self._expect(self.row.answers, contact, method, "works in the portal")

    def _expect(
        self,
        expected: frozenset[int],
        person: User | None,
        method: str,
        step: str,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        url = reverse(self.name, kwargs=self.kwargs if kwargs is None else kwargs)
        status = self._send(person, method, url)
        if status not in expected:
            self.problems.append(f"{step}: {method} {url} is {status}, not {sorted(expected)}")

    def _send(self, person: User | None, method: str, url: str) -> int:
        browser = self._browser_of(person)
        if method == "GET":
            answer = browser.get(url, dict(self.row.asks(self.world)))
            list(answer)  # reads a file to its end, which closes it
            return answer.status_code
        sent = dict(self.row.posts(self.world))
        if self.row.face == "api":
            body = json.dumps(sent)
            return browser.generic(method, url, body, "application/json").status_code
        if method == "POST":
            return browser.post(url, sent).status_code
        return browser.generic(method, url).status_code

    def _browser_of(self, person: User | None) -> Browser:
        """Return this person's browser, which no refusal changes."""
        key = person.pk if person else None
        if key not in self._browsers:
            self._browsers[key] = browser = Browser()
            if person is not None:
                browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return self._browsers[key]


def _nobodys(value: object) -> object:
    if isinstance(value, int):
        return NOBODYS
    text = str(value)
    is_identifier = text.count("-") == UUID_DASHES
    return "00000000-0000-4000-8000-000000000000" if is_identifier else value
