"""Print how to sign in to the demonstration firm."""

from django.core.management.base import BaseCommand

from accounts.models import User
from psa.demo.people import CONTACT_EMAIL, PASSWORD, SIGN_INS


class Command(BaseCommand):
    """Prints nothing where the database holds another firm."""

    help = "Print the sign-ins of the demonstration firm, if this is it."

    def handle(self, *_: object, **__: object) -> None:
        if not User.objects.filter(email=CONTACT_EMAIL).exists():
            return
        self.stdout.write(f"Sign in with the password {PASSWORD}\n")
        for who, email in SIGN_INS:
            self.stdout.write(f"  {who:<20} {email}")
