"""What the frame of every page shows."""

from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from clients.models import LegalEntity
from psa import navigation as places
from tickets.queries.timers import TimerBoard, timers_of


class Shell:
    """The frame around a page; each part is worked out only where a template shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def navigation(self) -> tuple[places.Group, ...]:
        """The side navigation of the desk."""
        return places.groups(self._request)

    @cached_property
    def creations(self) -> tuple[places.Link, ...]:
        """What the reader can make from anywhere."""
        return places.links(places.CREATIONS, self._request)

    @cached_property
    def portal_navigation(self) -> tuple[places.Link, ...]:
        """The top navigation of the portal."""
        return places.links(places.PORTAL, self._request)

    @cached_property
    def account(self) -> tuple[places.Link, ...]:
        """The pages about the reader."""
        return places.links(places.ACCOUNT, self._request)

    @cached_property
    def search_url(self) -> str:
        """The search page, for those who work at the desk."""
        return places.address("search") if self._request.user.has_perm("accounts.use_desk") else ""

    @cached_property
    def timers(self) -> TimerBoard | None:
        """The reader's timers, for those who log time."""
        reader = self._request.user
        if not isinstance(reader, User) or not reader.has_perm("tickets.add_timeentry"):
            return None
        return timers_of(reader, timezone.now())

    @cached_property
    def frame(self) -> str:
        """The shell of the face this reader belongs to, for pages that both faces share."""
        is_portal = self._request.user.has_perm("accounts.use_portal")
        return "portal.html" if is_portal and not self.search_url else "desk.html"

    @cached_property
    def firm(self) -> str:
        """The name of the firm, where it has been set up."""
        name = LegalEntity.objects.filter(is_default=True).values_list("name", flat=True).first()
        return name or "Fixpoint"


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give templates the frame as ``shell``."""
    return {"shell": Shell(request)}
