"""Short words for the rows of the access ladder."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.architecture.access_ladder import DONE, Objects, Row, Values
from tests.architecture.access_world import World

READ = ("GET",)
BOTH = ("GET", "POST")
SEND = ("POST",)
VERBS = {"GET": "view", "POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


def _nothing(_world: World) -> Mapping[str, Any]:
    return {}


def page(permission: str, objects: Objects | None = None, asks: Values = _nothing) -> Row:
    """A page of the desk that is only read."""
    return Row("desk", _all(READ, permission), objects, asks=asks)


def form(permission: str, objects: Objects | None = None) -> Row:
    """A page of the desk with a form."""
    return Row("desk", _all(BOTH, permission), objects)


def action(permission: str, objects: Objects | None = None, posts: Values = _nothing) -> Row:
    """Something that is done at the desk by a button."""
    return Row("desk", _all(SEND, permission), objects, posts=posts)


def own(methods: Iterable[str] = READ) -> Row:
    """Something about oneself, for everybody who has signed in."""
    return Row("own", _all(methods, ""))


def factor(methods: Iterable[str] = READ, objects: Objects | None = None) -> Row:
    """Something about one's second factor, which may ask for the password first."""
    may_be_absent = DONE | {404}
    return Row("own", _all(methods, ""), objects, answers=may_be_absent, nobodys=frozenset({302}))


def portal(permission: str, objects: Objects | None = None, methods: Iterable[str] = READ) -> Row:
    """A page of the portal."""
    return Row("portal", _all(methods, permission), objects)


def public(
    methods: Iterable[str] = READ, objects: Objects | None = None, posts: Values = _nothing
) -> Row:
    """An address that is open without signing in."""
    return Row("public", _all(methods, ""), objects, posts=posts, answers=DONE | {404})


def noun(
    model: str, objects: Objects | None = None, methods: Iterable[str] = READ, portal: str = ""
) -> Row:
    """An address of the API that asks for Django's own permissions on the model."""
    app, name = model.split(".")
    permissions = {method: f"{app}.{VERBS[method]}_{name}" for method in methods}
    return Row("api", permissions, objects, portal=portal)


def deed(permission: str, objects: Objects, method: str = "POST", portal: str = "") -> Row:
    """Something the API does to one object."""
    return Row("api", {method: permission}, objects, portal=portal)


def _all(methods: Iterable[str], permission: str) -> dict[str, str]:
    return dict.fromkeys(methods, permission)
