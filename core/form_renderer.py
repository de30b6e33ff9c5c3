"""How the widgets of forms become HTML: the common ones at once, all others by Django's templates.

Django draws each option of a select with two templates of its own; a form with some hundred
options took longer than the page around it. What comes out is the same, and a test compares it.
Only the row of hyphens by which Django says that nothing is chosen becomes a word, or a single dash
where nothing need be chosen.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Drawn = Mapping[str, Any]
NOTHING_CHOSEN: str = BLANK_CHOICE_DASH[0][1]


class QuickTemplates(DjangoTemplates):
    """Draws selects and plain inputs without a template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return the HTML of a widget or a form."""
        draw = _DRAWERS.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


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
