"""A page that is one form: shown, refused with 422, or left for where its thing is seen."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
SAVE = _("Save")


@dataclass(frozen=True)
class FormPage:
    """What stands around the form.

    ``effect_client`` names the client whose invoices the form changes: then the form shows, while
    it is typed, what it would cause. ``effect_also_of`` is the field that names another client
    whose invoices change, ``effect_day_of`` the field with the day up to which it is worth looking.
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

    def show(self, request: HttpRequest, form: forms.BaseForm) -> HttpResponse:
        """Draw the page; a form that was refused answers 422."""
        status = 422 if form.is_bound else 200
        return render(request, self.template, {"form": form, **self._words()}, status=status)

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
        }
