"""A page that is one form: shown, refused with 422, or left for where its thing is seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
SAVE = _("Save")


class FormAnswer(HttpResponse):
    """A page with its forms, for whoever asked for the page to learn what is wrong with them."""

    def __init__(self, content: str, forms: Sequence[forms.BaseForm], status: int) -> None:
        super().__init__(content, status=status)
        self.forms = forms


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *shown: forms.BaseForm
) -> FormAnswer:
    """Draw a page with forms; one that was refused answers 422."""
    status = 422 if any(form.is_bound for form in shown) else 200
    return FormAnswer(loader.render_to_string(template, dict(context), request), shown, status)


@dataclass(frozen=True)
class FormPage:
    """What stands around the form.

    ``effect_client`` names the client whose invoices the form changes: then the form shows, while
    it is typed, what it would cause. ``effect_also_of`` is the field that names another client
    whose invoices change, or the only one; ``effect_day_of`` the field with the day from which the
    change counts, ``effect_months`` after how many months at most it shows on an invoice,
    ``effect_from`` a day before which nothing of it shows.
    """

    title: Text
    back_url: str
    back_label: Text
    submit: Text = SAVE
    lede: Text = ""
    note: Text = ""
    template: str = "core/form_page.html"
    effect_client: int | None = None
    effect_also_of: str = ""
    effect_day_of: str = ""
    effect_months: int = 0
    effect_from: date | None = None

    def show(self, request: HttpRequest, form: forms.BaseForm) -> HttpResponse:
        """Draw the page; a form that was refused answers 422."""
        return answer(request, self.template, {"form": form, **self._words()}, form)

    def _words(self) -> dict[str, object]:
        return {
            "title": self.title,
            "back_url": self.back_url,
            "back_label": self.back_label,
            "submit": self.submit,
            "lede": self.lede,
            "note": self.note,
            "effect_client": self.effect_client,
            "effect_also_of": self.effect_also_of,
            "effect_day_of": self.effect_day_of,
            "effect_months": self.effect_months,
            "effect_from": self.effect_from,
        }
