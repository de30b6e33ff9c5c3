"""The steps of set-up, and what has been answered so far."""

from datetime import date
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict

from catalog.models import RateCard, TaxRate
from clients.models import LegalEntity
from psa.forms.setup import (
    WORK_PRICES,
    AdministratorForm,
    SetUpFirmForm,
    TaxesForm,
    usual_work,
)
from psa.known_taxes import KNOWN
from psa.operations.set_up_firm import Administrator, Beginning, WorkToSell

SECRETS = frozenset({"password", "again", "csrfmiddlewaretoken"})
Form = BaseForm | BaseFormSet[Any]


def step_names() -> list[str]:
    """Return the steps to take; what an import has brought already is not asked again."""
    names = ["person", "firm"]
    if not TaxRate.objects.exists():
        names.append("taxes")
    if not RateCard.objects.filter(client=None).exists():
        names.append("rates")
    return names


class Answers:
    """What has been answered, as kept in the session: texts, and a hash for the password."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self.kept = dict(kept)

    def form(self, name: str) -> Form:
        """Return a step's form, filled with what was answered before."""
        return self._build(name, self.kept.get(name))

    def take(self, name: str, posted: QueryDict) -> Form:
        """Keep what was entered, right or wrong, and return the form with its verdict."""
        form = self._build(name, posted)
        form.is_valid()
        if isinstance(form, AdministratorForm):
            self.kept["password"] = form.password_hash() or self.kept.get("password", "")
        self.kept[name] = {key: posted[key] for key in posted if key not in SECRETS}
        return form

    def first_missing(self, names: list[str]) -> str:
        """Return the first step that is not answered yet, or nothing."""
        return next((name for name in names if not self._is_answered(name)), "")

    def beginning(self, *, language: str, today: date) -> Beginning:
        """Return all answers; each step is valid by now."""
        person, firm = self._valid("person"), self._valid("firm")
        country = firm.cleaned_data["country"]
        names = step_names()
        return Beginning(
            administrator=Administrator(
                email=person.cleaned_data["email"],
                password_hash=self.kept["password"],
                first_name=person.cleaned_data["first_name"],
                last_name=person.cleaned_data["last_name"],
                language=language,
            ),
            firm=firm.instance,
            taxes=self._valid("taxes").rates() if "taxes" in names else {},
            taxes_since=KNOWN[country].since if country in KNOWN else _last_year(today),
            work=self._work() if "rates" in names else [],
            work_since=_last_year(today),
        )

    def _work(self) -> list[WorkToSell]:
        prices = self._valid("rates").prices()
        return [
            WorkToSell(one.name, one.hourly_rate, one.minimum_minutes, one.step_minutes)
            for one in prices
        ]

    def _is_answered(self, name: str) -> bool:
        if name not in self.kept or (name == "person" and not self.kept.get("password")):
            return False
        return self._build(name, self.kept[name]).is_valid()

    def _valid(self, name: str) -> Any:  # noqa: ANN401  (each step has a form of its own)
        form = self._build(name, self.kept[name])
        form.is_valid()
        return form

    def _build(self, name: str, entered: Any) -> Form:  # noqa: ANN401  (a mapping, whatever its origin)
        if name == "person":
            return AdministratorForm(entered, has_password=bool(self.kept.get("password")))
        if name == "firm":
            known = LegalEntity.objects.filter(is_default=True).first()
            return SetUpFirmForm(entered, instance=known)
        if name == "taxes":
            country = (self.kept.get("firm") or {}).get("country", "FR")
            return TaxesForm(entered, country=country)
        return WORK_PRICES(entered, initial=usual_work())


def _last_year(today: date) -> date:
    """Work from before the set-up can be entered afterwards, back to the start of last year."""
    return date(today.year - 1, 1, 1)
