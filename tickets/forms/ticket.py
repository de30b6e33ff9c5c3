"""What is said about a ticket: when it is opened, and when one property changes."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from catalog.models import Category
from clients.finding import name_with_code
from clients.forms.chooser import one_of
from clients.models import Asset, Client, Contact, Site
from core.form_widgets import ChosenSelect
from tickets.models import BillingMode, Priority, ServiceBoard, Ticket
from tickets.operations.edit_ticket import TicketChanges
from tickets.operations.open_ticket import NewTicket
from tickets.queries.clients import find_clients

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "sheet", "choose", "throw-away"})
TYPED = ("client", "subject", "description", "time-minutes", "time-begins", "time-note")
OF_CLIENT = ("contact", "site", "asset")


class ClientField(forms.CharField):
    """A client by name or code, as typed or as suggested while typing."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        options.setdefault("label", gettext_lazy("Client"))
        super().__init__(
            widget=forms.TextInput(attrs={"list": "client-options", "autocomplete": "off"}),
            **options,
        )
        self.user: User | None = None

    def clean(self, value: Any) -> Client | None:  # noqa: ANN401  (what was typed)
        """Return the client that was meant.

        :raises forms.ValidationError: none, or several could be meant
        """
        typed = cast(str, super().clean(value)).strip()
        if not typed or self.user is None:
            return None
        return one_of(find_clients(self.user, typed))


class TicketForm(forms.Form):
    """A new ticket, or what is said about one; contact, site and asset follow the client."""

    client = ClientField()
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    description = forms.CharField(
        label=pgettext_lazy("ticket", "Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=gettext_lazy("Contact"), required=False
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=gettext_lazy("Site"), required=False)
    asset = forms.ModelChoiceField(
        Asset.objects.none(), label=gettext_lazy("Asset"), required=False
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"), choices=Priority.choices, initial=Priority.NORMAL
    )
    board = forms.ModelChoiceField(
        ServiceBoard.objects.all(),
        label=gettext_lazy("Board"),
        empty_label=None,
        widget=ChosenSelect,
    )
    category = forms.ModelChoiceField(
        Category.objects.all(),
        label=gettext_lazy("Category"),
        required=False,
        empty_label="–",
    )
    billing_mode = forms.ChoiceField(
        label=gettext_lazy("Billed as"), choices=BillingMode.choices, initial=BillingMode.HOURLY
    )
    assignee = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Assigned to"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        user: User,
        client: Client | None = None,
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        """Offer what belongs to the client that is given or typed."""
        super().__init__(data, **options)
        self.user = user
        cast(ClientField, self.fields["client"]).user = user
        if client is not None:
            self.fields["client"].initial = name_with_code(client)
        offer_choices_of(self, client or self.typed_client)
        offer_colleagues(self, user)
        self.fields["board"].initial = ServiceBoard.objects.filter(is_default=True).first()

    @property
    def typed_client(self) -> Client | None:
        """The client that was typed, where it is beyond doubt."""
        typed = self["client"].value()
        found = find_clients(self.user, str(typed)) if typed else []
        return found[0] if len(found) == 1 else None

    @property
    def new_ticket(self) -> NewTicket:
        """What the operation takes."""
        said = self.cleaned_data
        return NewTicket(
            client_id=said["client"].pk,
            subject=said["subject"],
            description=said["description"],
            priority=said["priority"],
            billing_mode=said["billing_mode"],
            board_id=said["board"].pk,
            category_id=_pk(said["category"]),
            contact_id=_pk(said["contact"]),
            site_id=_pk(said["site"]),
            asset_id=_pk(said["asset"]),
            assignee_id=_pk(said["assignee"]),
        )


class SubjectForm(forms.Form):
    """Subject, description and client of a ticket that is there."""

    client = ClientField()
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    description = forms.CharField(
        label=pgettext_lazy("ticket", "Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Any = None, *, user: User, ticket: Ticket) -> None:  # noqa: ANN401  (what a request holds)
        """Start from what the ticket says."""
        initial = {
            "client": name_with_code(ticket.client),
            "subject": ticket.subject,
            "description": ticket.description,
        }
        super().__init__(data, initial=initial)
        cast(ClientField, self.fields["client"]).user = user

    @property
    def changes(self) -> TicketChanges:
        """What the operation takes."""
        said = self.cleaned_data
        return {
            "client_id": said["client"].pk,
            "subject": said["subject"],
            "description": said["description"],
        }


class PropertyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes none at run time
    """One property at the ticket's side; the form is made for all and sent with one."""

    class Meta:
        model = Ticket
        fields = ["priority", "board", "category", "billing_mode", *OF_CLIENT, "sla_policy"]
        widgets = {"board": ChosenSelect}
        labels = {
            "priority": gettext_lazy("Priority"),
            "board": gettext_lazy("Board"),
            "category": gettext_lazy("Category"),
            "billing_mode": gettext_lazy("Billed as"),
            "contact": gettext_lazy("Contact"),
            "site": gettext_lazy("Site"),
            "asset": gettext_lazy("Asset"),
            "sla_policy": gettext_lazy("Service level"),
        }

    def __init__(self, data: Any = None, *, instance: Ticket, only: str = "") -> None:  # noqa: ANN401  (what a request holds)
        """Offer the choices of the ticket's client; with ``only``, read that one property."""
        super().__init__(data, instance=instance, auto_id="property-%s")
        offer_choices_of(self, instance.client)
        cast(Any, self.fields["board"]).empty_label = None
        cast(Any, self.fields["category"]).empty_label = "–"
        cast(Any, self.fields["sla_policy"]).empty_label = _("by contract, client, board")
        if only:
            self.fields = {only: self.fields[only]}

    def _post_clean(self) -> None:
        """Leave the ticket alone; the operation changes it."""

    def seen(self, value: str) -> TicketChanges:
        """Return what the page showed for the one property, as the operation takes it."""
        [name] = self.fields
        if name in {"priority", "billing_mode"}:
            return cast(TicketChanges, {name: value})
        return cast(TicketChanges, {f"{name}_id": int(value) if value.isdecimal() else None})

    @property
    def changes(self) -> TicketChanges:
        """What the operation takes."""
        found = {}
        for name, value in self.cleaned_data.items():
            is_plain = name in {"priority", "billing_mode"}
            found[name if is_plain else f"{name}_id"] = value if is_plain else _pk(value)
        return cast(TicketChanges, found)


class AssigneeForm(forms.Form):
    """Who works on a ticket."""

    assignee = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Assigned to"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )

    def __init__(self, data: Any = None, *, user: User, **options: Any) -> None:  # noqa: ANN401  (what a request holds)
        super().__init__(data, auto_id="property-%s", **options)
        offer_colleagues(self, user)


def typed_in_new(data: Mapping[str, str]) -> dict[str, str]:
    """Return what is worth keeping of a new ticket's form; nothing where nothing is typed."""
    if not any(data.get(name, "").strip() for name in TYPED):
        return {}
    return {name: value for name, value in data.items() if name not in NOT_KEPT}


def offer_choices_of(form: forms.BaseForm, client: Client | None) -> None:
    """Let the form offer this client's contacts, sites and assets."""
    for name in OF_CLIENT:
        cast(Any, form.fields[name]).empty_label = "–"
    everything = (Contact.objects.all(), Site.objects.all(), Asset.objects.all())
    for name, rows in zip(OF_CLIENT, everything, strict=True):
        own = rows.filter(client=client) if client else rows.none()
        form.fields[name].queryset = own  # type: ignore[attr-defined]  # a choice of a model


def offer_colleagues(form: forms.BaseForm, user: User) -> None:
    """Let the form offer the people to assign to: all for dispatchers, else oneself."""
    staff = User.objects.staff()
    may_assign = user.has_perm("tickets.assign_ticket")
    people = staff if may_assign else staff.filter(pk=user.pk)
    form.fields["assignee"].queryset = people  # type: ignore[attr-defined]  # a choice of a model


def _pk(row: Any) -> int | None:  # noqa: ANN401  (any model's row)
    return None if row is None else row.pk
