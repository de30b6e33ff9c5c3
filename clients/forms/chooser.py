"""Choosing clients in a form: from a list where they are few, else by typing name or code."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients.finding import meant, name_with_code
from clients.models import Client

FEW = 200
NAMED_CANDIDATES = 5


class ClientChooser(forms.Select):
    """A list that can be searched; a line to type into once the list would be too long."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-searchable": True, **(attrs or {})})

    @property
    def clients(self) -> QuerySet[Client]:
        """What can be chosen from."""
        return cast("QuerySet[Client]", cast(Any, self.choices).queryset)

    @property
    def is_typed(self) -> bool:
        """Whether there are too many for a list."""
        return are_many(self)

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401  (what was chosen or typed)
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401  (Django's)
    ) -> SafeString:
        """Draw the list, or the line with its suggestions."""
        if not self.is_typed:
            return super().render(name, value, attrs, renderer)
        options = f"{(attrs or {}).get('id', name)}-options"
        line = forms.TextInput(
            {
                "list": options,
                "autocomplete": "off",
                "hx-get": f"{reverse_lazy('clients:client-options')}?field={name}",
                "hx-trigger": "input changed delay:200ms",
                "hx-target": f"#{options}",
                "hx-swap": "innerHTML",
                "hx-sync": "this:replace",
            }
        )
        drawn = line.render(name, self._written(value), typed_attrs(attrs), renderer)
        return format_html('{}<datalist id="{}"></datalist>', drawn, options)

    def _written(self, value: Any) -> str:  # noqa: ANN401  (what was chosen or typed)
        """Write a client that was chosen by its name; what was typed stays as it is."""
        text = str(value or "")
        is_typed = isinstance(value, str) and self.clients.filter(code__iexact=text).exists()
        if not text.isdecimal() or is_typed:
            return text
        chosen = self.clients.filter(pk=text).first()
        return name_with_code(chosen) if chosen else text


class ClientChoiceField(forms.ModelChoiceField[Client]):
    """A client: what the list holds, or name or code as typed."""

    widget = ClientChooser

    def to_python(self, value: Any) -> Client | None:  # noqa: ANN401  (what was sent)
        """Return the client that was meant.

        :raises forms.ValidationError: none, or several could be meant
        """
        clients = cast("QuerySet[Client]", self.queryset)
        chooser = cast(ClientChooser, self.widget)
        typed = str(value or "").strip()
        if isinstance(value, Client) or not typed:
            return super().to_python(value)
        if typed.isdecimal() and not chooser.is_typed:
            return super().to_python(value)
        return one_of(meant(clients, typed))


class ClientsChooser(forms.SelectMultiple):
    """A list of which several can be chosen; a text with one client a line once it is too long."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-searchable": True, **(attrs or {})})

    @property
    def is_typed(self) -> bool:
        """Whether there are too many for a list."""
        return are_many(self)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401  (Django's signature)
        """Return what was chosen, or the lines that were typed."""
        if not self.is_typed:
            return super().value_from_datadict(data, files, name)
        return [line.strip() for line in str(data.get(name) or "").splitlines() if line.strip()]

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401  (what was chosen or typed)
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401  (Django's)
    ) -> SafeString:
        """Draw the list, or the text."""
        if not self.is_typed:
            return super().render(name, value, attrs, renderer)
        text = forms.Textarea({"rows": 3, "placeholder": _("Name or code, one client a line")})
        lines = "\n".join(str(line) for line in value or ())
        return text.render(name, lines, typed_attrs(attrs), renderer)


class ClientsChoiceField(forms.ModelMultipleChoiceField[Client]):
    """Some clients: what the list holds, or names and codes as typed."""

    widget = ClientsChooser

    def clean(self, value: Any) -> Any:  # noqa: ANN401  (Django's signature)
        """Return the clients that were meant.

        :raises forms.ValidationError: a line means none, or several
        """
        if not cast(ClientsChooser, self.widget).is_typed:
            return super().clean(value)
        clients = cast("QuerySet[Client]", self.queryset)
        return super().clean([one_of(meant(clients, line)).pk for line in value or ()])


def are_many(widget: forms.Select) -> bool:
    """Say whether there are too many clients for a list."""
    clients = cast("QuerySet[Client]", cast(Any, widget.choices).queryset)
    return clients.order_by()[: FEW + 1].count() > FEW


def typed_attrs(attrs: dict[str, Any] | None) -> dict[str, Any]:
    """Return the attributes of a list as a line of text has them."""
    given = {key: said for key, said in (attrs or {}).items() if key != "data-searchable"}
    return {**given, "class": str(given.get("class", "")).replace("form-select", "form-control")}


def one_of(found: list[Client]) -> Client:
    """Return the only one.

    :raises forms.ValidationError: there is none, or which of several
    """
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("No client has this name or code."))
    names = ", ".join(name_with_code(client) for client in found[:NAMED_CANDIDATES])
    raise forms.ValidationError(_("Which one: %(names)s?") % {"names": names})
