"""Filters about people and their doors."""

import ipaddress

from django import template

from accounts.browsers import browser_name

register = template.Library()
register.filter("browser_name", browser_name)


@register.filter
def is_bare_address(host: str) -> bool:
    """Say whether a host is an IP address, for which browsers make no passkeys."""
    try:
        ipaddress.ip_address(host.rsplit(":", 1)[0].strip("[]"))
    except ValueError:
        return False
    return True
