"""Starting a billing run."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clients.forms.chooser import ClientsChoiceField
from clients.models import Client


class RunForm(forms.Form):
    """As of which day, for which clients, and whether its drafts are issued at once."""

    as_of_on = forms.DateField(
        label=_("As of"),
        help_text=_(
            "Work before this day, months in advance that begin by it, months in arrears that are"
            " over."
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    clients = ClientsChoiceField(
        label=_("Only these clients"),
        help_text=_("Choose none for all clients."),
        queryset=Client.objects.none(),
        required=False,
    )
    issues_drafts = forms.BooleanField(
        label=_("Issue the drafts at once, without review"), required=False
    )

    def __init__(self, *args: object, clients: QuerySet[Client], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        chosen = self.fields["clients"]
        if isinstance(chosen, forms.ModelMultipleChoiceField):
            chosen.queryset = clients


class DryRunForm(RunForm):
    """As of which day and for which clients; nothing is written, so nothing is issued either."""

    def __init__(self, *args: object, clients: QuerySet[Client], **kwargs: object) -> None:
        super().__init__(*args, clients=clients, **kwargs)
        del self.fields["issues_drafts"]
