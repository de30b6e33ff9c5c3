"""How the widgets of forms become HTML: the common ones at once, all others by Django's templates.

Django draws each option of a select with two templates of its own; a form with some hundred
options took longer than the page around it. What comes out is the same, and a test compares it.
Only the row of hyphens by which Django says that nothing is chosen becomes a word, or a single dash
where nothing need be chosen.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.form_widgets import ChosenSelect
from core.markup import escaped

Drawn = Mapping[str, Any]
NOTHING_CHOSEN: str = BLANK_CHOICE_DASH[0][1]
_PLAIN_SELECTS = (forms.Select, ChosenSelect)


class QuickTemplates(DjangoTemplates):
    """Draws selects and plain inputs without a template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return the HTML of a widget or a form."""
        draw = _DRAWERS.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def plain_select(field: BoundField, attrs: dict[str, Any]) -> SafeString | None:
    """Return a select of plain options drawn at once; nothing where it is more than that.

    Django makes a dictionary and copies of the attributes for each option before anything is drawn.
    """
    widget = field.field.widget
    if type(widget) not in _PLAIN_SELECTS:
        return None
    choices = [("" if value is None else str(value), label) for value, label in widget.choices]
    if any(isinstance(label, list | tuple) for _value, label in choices):
        return None
    given = widget.build_attrs(widget.attrs, field.build_widget_attrs(attrs, widget))
    if field.auto_id:
        given.setdefault("id", field.auto_id)
    chosen = _first_of(choices, widget.format_value(field.value()))
    return format_html(
        '<select name="{}"{}>{}\n</select>\n',
        field.html_name,
        _attributes(given),
        _options(choices, chosen, asked=widget.is_required),
    )


def _first_of(choices: list[tuple[str, Any]], values: list[str]) -> int | None:
    """Return the place of the option that is chosen; of several that fit it is the first."""
    return next((place for place, (value, _label) in enumerate(choices) if value in values), None)


def _options(choices: list[tuple[str, Any]], chosen: int | None, *, asked: bool) -> SafeString:
    return SafeString(
        "".join(
            f'\n  <option value="{escaped(value)}"{" selected" if place == chosen else ""}>'
            f"{escaped(_label({'label': label}, asked))}</option>\n"
            for place, (value, label) in enumerate(choices)
        )
    )


def _input(widget: Drawn) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>\n',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', str(value)),
        _attributes(widget["attrs"]),
    )


def _select(widget: Drawn) -> SafeString:
    asked = bool(widget["required"])
    groups = ((_group(name, own, asked),) for name, own, _n in widget["optgroups"])
    return format_html(
        '<select name="{}"{}>{}\n</select>\n',
        widget["name"],
        _attributes(widget["attrs"]),
        format_html_join("", "{}", groups),
    )


def _group(name: str | None, options: list[Drawn], asked: bool) -> SafeString:  # noqa: FBT001  (whether a choice is asked for)
    drawn = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>\n',
        ((str(one["value"]), _attributes(one["attrs"]), _label(one, asked)) for one in options),
    )
    if not name:
        return drawn
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, drawn)


def _label(option: Drawn, asked: bool) -> object:  # noqa: FBT001  (whether a choice is asked for)
    if option["label"] != NOTHING_CHOSEN:
        return option["label"]
    return _("Choose…") if asked else "–"


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    given = [(name, value) for name, value in attrs.items() if value is not False]
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(" {}", name)
                if value is True
                else format_html(' {}="{}"', name, str(value)),
            )
            for name, value in given
        ),
    )


_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time")
_DRAWERS: dict[str, Callable[[Drawn], SafeString]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/input.html": _input,
    "django/forms/widgets/checkbox.html": _input,
    **{f"django/forms/widgets/{kind}.html": _input for kind in _INPUTS},
}
