"""Form widgets in the look of the project; the component <c-field> draws the rest."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString

from core.form_renderer import plain_select
from core.form_widgets import DecimalInput

register = template.Library()

_NATIVE_INPUTS: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.TimeInput, "time", "%H:%M"),
)


@register.simple_tag
def field_widget(field: BoundField, **attrs: Any) -> SafeString:  # noqa: ANN401  (any HTML attribute)
    """Draw the widget of a form field with its class and its native input type."""
    widget = field.field.widget
    _use_native_input(widget)
    given = {
        name.replace("_", "-"): value for name, value in attrs.items() if value not in ("", None)
    }
    given["class"] = f"{widget.attrs.get('class', '')} {_look(widget, field)}".strip()
    if isinstance(field.field, forms.DecimalField) and type(widget) is forms.NumberInput:
        return field.as_widget(DecimalInput(widget.attrs), given)
    return plain_select(field, given) or field.as_widget(attrs=given)


@register.simple_tag
def choice_widget(choice: BoundWidget) -> SafeString:
    """Draw one box or button of a group."""
    choice.data["attrs"]["class"] = "form-check-input"
    return choice.tag(wrap_label=False)


@register.filter
def is_check(field: BoundField) -> bool:
    """Say whether the field is one check box, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_select(field: BoundField) -> bool:
    """Say whether the field is a select, whose empty choice can name it."""
    return isinstance(field.field.widget, forms.Select)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Say whether the field is several check boxes or radio buttons."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def _use_native_input(widget: forms.Widget) -> None:
    for kind, input_type, written in _NATIVE_INPUTS:
        if isinstance(widget, kind) and widget.input_type in {"text", input_type}:
            widget.input_type = input_type
            widget.format = written
            return


def _look(widget: forms.Widget, field: BoundField) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        look = "form-check-input"
    elif isinstance(widget, forms.Select):
        look = "form-select"
    else:
        look = "form-control"
    return f"{look} is-invalid" if field.errors else look
