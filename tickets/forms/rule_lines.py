"""Clients and sites in a condition of a rule: a line for each where a list would be too long."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from clients.finding import meant
from clients.forms.chooser import one_of
from clients.models import Client, Site
from tickets.domain.rules import Property


class LinesField(forms.CharField):
    """One client a line, by name or code; one site a line, with its client before a colon."""

    def __init__(self, asked: Property) -> None:
        label = _("Sites") if asked == Property.SITE else _("Clients")
        hint = (
            _("Client: site, one a line")
            if asked == Property.SITE
            else _("Name or code, one client a line")
        )
        area = forms.Textarea(attrs={"rows": 3, "placeholder": hint})
        super().__init__(label=label, required=False, max_length=4000, widget=area)
        self.asked = asked

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401  (what was sent)
        """Return the keys of what was meant.

        :raises forms.ValidationError: a line means nothing, or several
        """
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines()]
        find = _site if self.asked == Property.SITE else _client
        return list(dict.fromkeys(find(line) for line in lines if line))


def _client(line: str) -> str:
    return str(one_of(meant(Client.objects.all(), line)).pk)


def _site(line: str) -> str:
    """Return the site that is named behind its client; the name of a client may hold a colon."""
    place = line.rfind(":")
    if place > 0:
        client, name = line[:place].strip(), line[place + 1 :].strip()
        sites = Site.objects.filter(client_id=int(_client(client)), name__iexact=name)
        if key := sites.values_list("pk", flat=True).first():
            return str(key)
    raise forms.ValidationError(
        _("There is no site “%(line)s”: write client: site.") % {"line": line}
    )
