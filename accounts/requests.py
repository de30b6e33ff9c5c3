"""What views are given: a request of somebody who has signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class UserRequest(HttpRequest):
    """A request of a person who has signed in, perhaps sent by htmx."""

    user: User
    htmx: HtmxDetails
