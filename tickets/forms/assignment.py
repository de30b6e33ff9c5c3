"""Who works together, who knows what, and what categories ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalog.models import Category
from tickets.models import Level, Skill, TechnicianGroup


class GroupForm(forms.ModelForm[TechnicianGroup]):
    """A group and who is in it."""

    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who belongs to it"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )

    class Meta:
        model = TechnicianGroup
        fields = ["name"]

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        staff = User.objects.staff().order_by("first_name", "last_name")
        self.fields["people"].queryset = staff  # type: ignore[attr-defined]  # a choice of rows
        if self.instance.pk:
            self.initial["people"] = list(self.instance.members.values_list("person", flat=True))


class SkillForm(forms.ModelForm[Skill]):
    """A skill, how well each technician knows it, and which categories ask for it."""

    class Meta:
        model = Skill
        fields = ["name"]

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        skill = self.instance
        known = dict(skill.people.values_list("person", "level")) if skill.pk else {}
        asked = dict(skill.categories.values_list("category", "level")) if skill.pk else {}
        self.people = list(User.objects.staff().order_by("first_name", "last_name"))
        self.categories = list(Category.objects.order_by("name"))
        for person in self.people:
            self._add(f"person-{person.pk}", str(person), known.get(person.pk), _("does not"))
        for category in self.categories:
            label = str(category)
            self._add(f"category-{category.pk}", label, asked.get(category.pk), _("not needed"))

    def _add(self, name: str, label: str, level: int | None, nothing: str) -> None:
        choices: list[tuple[Any, Any]] = [("", nothing), *Level.choices]
        self.fields[name] = forms.TypedChoiceField(
            label=label, choices=choices, coerce=int, empty_value=None, required=False
        )
        self.initial[name] = level

    def of_people(self) -> list[Any]:
        """Return the fields of the people, as they are drawn."""
        return [self[f"person-{one.pk}"] for one in self.people]

    def of_categories(self) -> list[Any]:
        """Return the fields of the categories, as they are drawn."""
        return [self[f"category-{one.pk}"] for one in self.categories]

    def levels(self, kind: str) -> dict[int, int]:
        """Return the levels that were chosen, by person or by category."""
        return {
            int(name.removeprefix(f"{kind}-")): level
            for name, level in self.cleaned_data.items()
            if name.startswith(f"{kind}-") and level
        }
