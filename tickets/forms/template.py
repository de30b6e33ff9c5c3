"""Ticket templates as people prepare them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from tickets.models import TicketTemplate


class TicketTemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes none at run time
    """What a new ticket of a known kind starts from."""

    class Meta:
        model = TicketTemplate
        fields = [
            "name",
            "subject",
            "description",
            "priority",
            "billing_mode",
            "board",
            "category",
            "assignee",
            "checklist",
        ]
        labels = {
            "name": gettext_lazy("Name"),
            "subject": gettext_lazy("Subject"),
            "description": pgettext_lazy("ticket", "Description"),
            "priority": gettext_lazy("Priority"),
            "billing_mode": gettext_lazy("Billed as"),
            "board": gettext_lazy("Board"),
            "category": gettext_lazy("Category"),
            "assignee": gettext_lazy("Assigned to"),
            "checklist": gettext_lazy("Checklist"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        cast(Any, self.fields["assignee"]).queryset = User.objects.staff()
        cast(Any, self.fields["assignee"]).empty_label = _("nobody yet")
        cast(Any, self.fields["board"]).empty_label = "–"
        cast(Any, self.fields["category"]).empty_label = "–"
