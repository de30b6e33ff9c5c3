"""Addresses of the pages of things, worked out once for each kind of thing.

A list asks for the address of every row; resolving a name each time took a tenth of a page.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# A number that no row has and that stands nowhere else in an address.
_ANY_ROW = 987_654_321_012_345


def address_of(url_name: str, pk: int | None) -> str:
    """Return the address of the page of this name about this row."""
    pattern = _pattern(url_name, _urlconf(), get_script_prefix())
    return pattern.replace(str(_ANY_ROW), str(pk))


def address(url_name: str) -> str:
    """Return the address of a page that is about no row in particular.

    :raises NoReverseMatch: there is no page of this name
    """
    return _plain(url_name, _urlconf(), get_script_prefix())


def _urlconf() -> str:
    return str(get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=500)
def _pattern(url_name: str, urlconf: str, _prefix: str) -> str:
    return reverse(url_name, urlconf=urlconf, args=[_ANY_ROW])


@lru_cache(maxsize=500)
def _plain(url_name: str, urlconf: str, _prefix: str) -> str:
    return reverse(url_name, urlconf=urlconf)
