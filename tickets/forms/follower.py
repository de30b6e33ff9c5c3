"""Who is to follow a ticket."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clients.models import Contact
from tickets.models import Ticket

MOST_CHOICES = 500


class FollowerForm(forms.Form):
    """A colleague, or a contact of the ticket's client who can be reached."""

    who = forms.ChoiceField(label=gettext_lazy("Who is to follow"))

    def __init__(self, *args: Any, ticket: Ticket, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        people = User.objects.staff().exclude(followed__ticket=ticket)
        contacts = Contact.objects.filter(client=ticket.client_id).exclude(email="")
        contacts = contacts.exclude(user__is_active=False).exclude(followed__ticket=ticket)
        self.fields["who"] = forms.ChoiceField(
            label=gettext_lazy("Who is to follow"),
            choices=[
                ("", "–"),
                (_("Colleagues"), [(f"person-{one.pk}", str(one)) for one in people]),
                (
                    str(ticket.client),
                    [
                        (f"contact-{one.pk}", f"{one} <{one.email}>")
                        for one in contacts[:MOST_CHOICES]
                    ],
                ),
            ],
        )

    def chosen(self) -> dict[str, int]:
        """Return the colleague or the contact by id."""
        kind, _dash, pk = self.cleaned_data["who"].partition("-")
        return {f"{kind}_id": int(pk)}
