"""Numbers in forms: written and read as the reader writes them, and kept as typed when refused."""

from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

FIELD = "{% load widgets %}{% field_widget form.price %}"


class Priced(forms.Form):
    """A form with one price."""

    price = forms.DecimalField(min_value=0, max_digits=14, decimal_places=4)


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("fr", "12,5", "12.5"),
        ("fr", "1\u202f234,50", "1234.50"),
        ("fr", "12.5", "12.5"),
        ("en", "1,234.50", "1234.50"),
        ("en", "1 234", "1234"),
    ],
)
def test_a_number_is_read_as_its_reader_writes_it(language: str, typed: str, read: str) -> None:
    with translation.override(language):
        form = Priced({"price": typed})

        assert form.is_valid()
        assert form.cleaned_data["price"] == Decimal(read)


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "12,5"), ("fr", "1,2,3"), ("fr", "-1,5"), ("fr", "1e400"), ("fr", "NaN")],
)
def test_what_is_no_number_is_refused_and_stays_in_the_field(language: str, typed: str) -> None:
    with translation.override(language):
        form = Priced({"price": typed})
        drawn = Template(FIELD).render(Context({"form": form}))

    assert not form.is_valid()
    assert f'value="{typed}"' in drawn


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fr", Decimal("34.5000"), "34,50"),
        ("fr", Decimal("301.0000"), "301"),
        ("en", Decimal("-0.125"), "-0.125"),
        ("fr", "76.00", "76"),
    ],
)
def test_a_number_is_shown_without_idle_zeros(language: str, value: object, shown: str) -> None:
    with translation.override(language):
        drawn = Template(FIELD).render(Context({"form": Priced(initial={"price": value})}))

    assert f'type="text" name="price" value="{shown}" inputmode="decimal"' in drawn
