"""Write a skill with who knows it and what asks for it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tickets.models import CategorySkill, PersonSkill, Skill


@transaction.atomic(durable=True)
def save_skill(
    *,
    name: str,
    people: Mapping[int, int],
    categories: Mapping[int, int],
    skill_id: int | None = None,
) -> Skill:
    """Add a skill or write one anew; ``people`` and ``categories`` give levels by their id."""
    skill = Skill() if skill_id is None else Skill.objects.select_for_update().get(pk=skill_id)
    skill.name = name
    skill.save()
    _keep(PersonSkill, "person_id", skill, people)
    _keep(CategorySkill, "category_id", skill, categories)
    return skill


def _keep(model: Any, whose: str, skill: Skill, levels: Mapping[int, int]) -> None:  # noqa: ANN401  (either model)
    rows = {getattr(one, whose): one for one in model.objects.filter(skill=skill)}
    for pk, row in rows.items():
        if pk not in levels:
            row.delete()
        elif row.level != levels[pk]:
            row.level = levels[pk]
            row.save(update_fields=["level"])
    for pk in levels.keys() - rows.keys():
        model.objects.create(skill=skill, level=levels[pk], **{whose: pk})
