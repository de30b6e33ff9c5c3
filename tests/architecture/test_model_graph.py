"""Relations between models point down, as imports do; string names escape the import linter."""

import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.sources import CHECKOUT, ROOMS

# What the firm keeps for itself, though it leads to a client: no page and no part of the API
# shows it by itself, only inside something that is visible_to.
SHOWN_INSIDE_OTHERS = {
    "billing.Claim": "ties a charge to its evidence; both are visible_to",
    "billing.SettledLine": "says from when on a run reads a contract line; the line is visible_to",
    "billing.BundleItem": "names a document of a bundle of PDFs; both are visible_to",
    "billing.JournalEntry": "seals an invoice, which is visible_to",
    "ledger.EntrySeal": "holds an entry's digest and nothing else; the entry is visible_to",
    "ledger.PostedAllocation": "ties a use of money to its entry; both are visible_to",
}


def _layers() -> dict[str, int]:
    configuration = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = configuration["tool"]["importlinter"]["contracts"]
    lines = next(one["layers"] for one in contracts if one["type"] == "layers")
    return {
        name.strip(" ()"): height
        for height, line in enumerate(reversed(lines))
        for name in line.split("|")
    }


def _own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not hasattr(model, "pgh_trackers")
        if not model.__name__.endswith("Event")
    ]


def _relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if isinstance(field.related_model, type):
            yield field.name, field.related_model


def _lead_to_a_client() -> set[type[models.Model]]:
    """Return the models from which a chain of required relations leads to a client."""
    owned: set[type[models.Model]] = {apps.get_model("clients.Client")}
    while True:
        more = {model for model in _own_models() if _is_owned(model, owned)} - owned
        if not more:
            return owned
        owned |= more


def _is_owned(model: type[models.Model], owned: set[type[models.Model]]) -> bool:
    return any(
        field.related_model in owned
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
    )


def test_relations_point_down() -> None:
    layers = _layers()
    wrong = [
        f"{model._meta.label}.{name} points at {target._meta.label}"
        for model in _own_models()
        for name, target in _relations(model)
        if target._meta.app_label in layers
        and target._meta.app_label != model._meta.app_label
        and layers[target._meta.app_label] >= layers[model._meta.app_label]
    ]

    assert wrong == []


def test_a_relation_that_points_up_would_be_seen() -> None:
    layers = _layers()

    assert layers["core"] < layers["accounts"] < layers["clients"] < layers["billing"]
    assert layers["portal"] == layers["dashboards"] < layers["psa"]


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model._meta.label)
def test_every_model_says_what_it_is(model: type[models.Model]) -> None:
    generated = f"{model.__name__}("

    assert model.__doc__
    assert not model.__doc__.startswith(generated)


def test_what_a_client_can_own_is_found_by_who_may_see_it() -> None:
    without = {
        model._meta.label
        for model in _lead_to_a_client()
        if not hasattr(model._default_manager.all(), "visible_to")
    }

    assert without - SHOWN_INSIDE_OTHERS.keys() == set()
    assert SHOWN_INSIDE_OTHERS.keys() - without == set()
