"""Widgets drawn without a template look as those that Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from core.form_renderer import _DRAWERS, QuickTemplates, plain_select
from core.form_widgets import ChosenSelect

CHOICES = [("", "<none>"), (1, "One & two"), ("Group", [("a", "A"), ("b", 'B "b"')])]
WIDGETS: list[tuple[forms.Widget, object]] = [
    (
        forms.TextInput(attrs={"maxlength": 20, "required": True, "hidden": False}),
        'say "no" & go',
    ),
    (forms.TextInput(), None),
    (forms.NumberInput(attrs={"step": "0.01"}), 1250),
    (forms.EmailInput(), "a@b.example"),
    (forms.HiddenInput(), "x"),
    (forms.PasswordInput(render_value=True), "secret"),
    (forms.DateInput(attrs={"class": "form-control"}), "2026-11-25"),
    (forms.CheckboxInput(attrs={"class": "form-check-input"}), True),
    (forms.Select(choices=CHOICES), 1),
    (forms.Select(attrs={"title": "x", "data-searchable": True}, choices=CHOICES), "b"),
    (forms.SelectMultiple(choices=CHOICES), ["1", "a"]),
    (forms.NullBooleanSelect(), True),
    (forms.Textarea(attrs={"rows": 3}), "<p>"),
    (forms.RadioSelect(choices=CHOICES), "a"),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_widget_looks_as_django_draws_it(widget: forms.Widget, value: object) -> None:
    ours = widget.render("field", value, {"id": "id_field"}, QuickTemplates())

    assert (
        ours.split() == widget.render("field", value, {"id": "id_field"}, DjangoTemplates()).split()
    )


def test_an_empty_choice_is_a_word_or_a_dash_and_no_row_of_hyphens() -> None:
    asked, optional = (forms.Select(choices=[("", "---------"), (1, "One")]) for _ in range(2))
    asked.is_required = True

    drawn = [one.render("x", None, renderer=QuickTemplates()) for one in (asked, optional)]

    assert '<option value="" selected>Choose…</option>' in drawn[0]
    assert '<option value="" selected>–</option>' in drawn[1]


def test_every_quick_widget_is_one_that_django_has() -> None:
    plain = DjangoTemplates()

    assert [str(plain.get_template(name).template.name) for name in _DRAWERS] == list(_DRAWERS)


class Choosing(forms.Form):
    """Lists of choices of every sort."""

    plain = forms.ChoiceField(choices=[("", "-----"), ("a", "A & b"), ("b", "B")], required=False)
    number = forms.TypedChoiceField(choices=[(0, "None"), (1, "One")], coerce=int, initial=1)
    twice = forms.ChoiceField(choices=[("a", "first"), ("a", "second")], help_text="either")
    flag = forms.ChoiceField(choices=[(None, "Unknown"), (True, "Yes"), (False, "No")])
    always = forms.ChoiceField(choices=[("x", "X")], widget=ChosenSelect(attrs={"id": "own"}))
    grouped = forms.ChoiceField(choices=CHOICES)


@pytest.mark.parametrize("name", Choosing.base_fields)
@pytest.mark.parametrize("value", [None, "", "a", "1", "True", "nowhere"])
def test_a_plain_list_of_choices_is_drawn_as_django_would(name: str, value: str | None) -> None:
    field = Choosing(None if value is None else {name: value})[name]

    ours = plain_select(field, {"title": "T"})

    assert ours == (None if name == "grouped" else field.as_widget(attrs={"title": "T"}))
