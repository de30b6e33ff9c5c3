"""Print the way into an empty firm."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from accounts.set_up import is_set_up, make_link_token


class Command(BaseCommand):
    """Makes a fresh link each time; the ones before stop working."""

    help = "Print a one-time link with which the first administrator sets the firm up."

    def handle(self, *_: object, **__: object) -> None:
        """Print the link, and nothing else, on standard output."""
        if is_set_up():
            raise CommandError("This firm has been set up already; sign in instead.")
        path = reverse("setup-link", args=[make_link_token(timezone.now())])
        self.stdout.write(f"{settings.PUBLIC_URL.rstrip('/')}{path}")
