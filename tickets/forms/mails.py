"""Where a mail belongs, as a person says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import User
from clients.models import Client
from core.secret_box import seal
from tickets.forms.ticket import ClientField
from tickets.forms.ticket_field import ticket_field, ticket_of
from tickets.models import Mailbox, Ticket
from tickets.queries.mails import sender_of


class MakeTicketForm(forms.Form):
    """A new ticket of a mail: for whom, and whether we know the sender from now on."""

    client = ClientField()
    remembers_sender = forms.BooleanField(
        label=gettext_lazy("Add the sender to the client's contacts"),
        required=False,
        help_text=gettext_lazy("then their next mail becomes a ticket by itself"),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        self.fields["client"].user = user  # type: ignore[attr-defined]  # a field of our own

    def contact_id(self, address: str) -> int | None:
        """Return the contact that the sender is at the client already."""
        client: Client = self.cleaned_data["client"]
        contact = sender_of(address).contact_of(client.pk)
        return contact.pk if contact else None


class AddToTicketForm(forms.Form):
    """A ticket that is there, by its number or by words."""

    ticket = ticket_field()

    def __init__(self, *args: Any, user: User, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        self.user = user

    def clean_ticket(self) -> Ticket:
        """Return the ticket that is meant.

        :raises forms.ValidationError: there is none, or several could be meant
        """
        return ticket_of(self.cleaned_data["ticket"], self.user)


class MailboxForm(forms.ModelForm[Mailbox]):
    """The address of a board and how its mails are fetched; the password is never shown again."""

    new_password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("kept encrypted; empty: as it is"),
    )

    class Meta:
        model = Mailbox
        fields = (
            "board",
            "address",
            "sender_name",
            "has_plus_addresses",
            "acknowledges",
            "adds_copied",
            "asks_for_rating",
            "trusted_checker",
            "host",
            "port",
            "security",
            "username",
            "new_password",
            "folder",
            "is_polled",
        )

    def clean_address(self) -> str:
        """Keep addresses in lower case, so that each is one."""
        return str(self.cleaned_data["address"]).lower()

    def save(self, commit: bool = True) -> Mailbox:  # noqa: FBT001, FBT002  (Django's own)
        """Seal the password where one was typed; another folder starts from its own beginning."""
        if self.cleaned_data["new_password"]:
            self.instance.password = seal(self.cleaned_data["new_password"])
        if {"host", "folder", "username"} & set(self.changed_data):
            self.instance.start_anew()
        return super().save(commit)
