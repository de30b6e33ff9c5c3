"""What a form still lacks before anything can be said about its effect."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from core.form_page import FormAnswer


@dataclass(frozen=True)
class Unready:
    """Fields that are still empty, and sentences about what was typed wrongly."""

    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def unready(answer: HttpResponseBase, refused: Iterable[str] = ()) -> Unready:
    """Return what keeps the page from taking its form, as far as the page says so."""
    forms = answer.forms if isinstance(answer, FormAnswer) else ()
    found = [one for form in forms if form.is_bound for one in _complaints(form)]
    missing = dict.fromkeys(label for label, error in found if error.code == "required")
    wrong = dict.fromkeys(
        _("%(field)s: %(error)s") % {"field": label, "error": text} if label else text
        for label, error in found
        if error.code != "required"
        for text in error.messages
    )
    return Unready(tuple(missing), (*wrong, *refused))


def _complaints(form: BaseForm) -> Iterator[tuple[str, ValidationError]]:
    for name, errors in form.errors.as_data().items():
        label = "" if name == NON_FIELD_ERRORS else str(form[name].label)
        for error in errors:
            yield label, error
