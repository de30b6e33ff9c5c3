"""Places on a page that another room fills: addressed by name, drawn where the page exists."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """What a room may show on another room's page: its heading, address and permission."""

    title: str | Promise
    icon: str
    url_name: str
    permission: str


@dataclass(frozen=True)
class Panel:
    """A place as this reader sees it."""

    title: str | Promise
    icon: str
    url: str


def panels(places: Iterable[Place], request: HttpRequest, *arguments: object) -> list[Panel]:
    """Return the places whose pages exist and that this reader may see."""
    found = []
    for place in places:
        url = _address(place.url_name, *arguments)
        if url and request.user.has_perm(place.permission):
            found.append(Panel(place.title, place.icon, url))
    return found


def history_url(request: HttpRequest, record: Model) -> str:
    """Return the address of what happened to a record; nothing for those who may not know."""
    if not request.user.has_perm("accounts.use_desk"):
        return ""
    meta = record._meta
    return _address("accounts:history", meta.app_label, meta.model_name, record.pk)


def _address(url_name: str, *arguments: object) -> str:
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""
