"""Skills and groups of technicians, for programs."""

from typing import Any, cast

from django.utils.translation import gettext as _
from rest_framework import serializers, viewsets
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from catalog.models import Category
from tickets.domain.tags import tag_names
from tickets.models import CategorySkill, Level, PersonSkill, Skill, Tag, TechnicianGroup
from tickets.operations.save_group import save_group
from tickets.operations.save_skill import save_skill


class KnowsSerializer(serializers.ModelSerializer[PersonSkill]):
    """How well somebody knows it: 1 basics, 2 good, 3 expert."""

    person = serializers.PrimaryKeyRelatedField(queryset=User.objects.staff())
    level = serializers.ChoiceField(choices=Level.choices)

    class Meta:
        model = PersonSkill
        fields = ("person", "level")


class AsksSerializer(serializers.ModelSerializer[CategorySkill]):
    """How well a category wants it to be known."""

    category = serializers.PrimaryKeyRelatedField(queryset=Category.objects.all())
    level = serializers.ChoiceField(choices=Level.choices)

    class Meta:
        model = CategorySkill
        fields = ("category", "level")


class SkillSerializer(serializers.ModelSerializer[Skill]):
    """A skill with who knows it and which categories ask for it."""

    people = KnowsSerializer(many=True, required=False)
    categories = AsksSerializer(many=True, required=False)

    class Meta:
        model = Skill
        fields = ("id", "name", "people", "categories")


class TechnicianGroupSerializer(serializers.ModelSerializer[TechnicianGroup]):
    """People among whom tickets are shared out."""

    people = serializers.PrimaryKeyRelatedField(
        queryset=User.objects.staff(), many=True, write_only=True
    )
    members: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(
        slug_field="person_id", many=True, read_only=True
    )

    class Meta:
        model = TechnicianGroup
        fields = ("id", "name", "people", "members")


class TagSerializer(serializers.ModelSerializer[Tag]):
    """A word that tickets are marked with."""

    class Meta:
        model = Tag
        fields = ("id", "name")

    def validate_name(self, name: str) -> str:
        """Write it as tags are written, and refuse one that is there."""
        names = tag_names([name])
        if len(names) != 1:
            raise serializers.ValidationError(_("One tag at a time."))
        if Tag.objects.filter(name=names[0]).exists():
            raise serializers.ValidationError(_("This tag is there already."))
        return names[0]


class SkillViewSet(viewsets.ModelViewSet[Skill]):
    """Skills: list, read, add, write anew."""

    queryset = Skill.objects.prefetch_related("people", "categories")
    serializer_class = SkillSerializer
    http_method_names = ("get", "post", "put", "head", "options")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        """Add a skill."""
        self._keep(serializer, None)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        """Write a skill anew, with who knows it."""
        self._keep(serializer, cast(Skill, serializer.instance).pk)

    def _keep(self, serializer: BaseSerializer[Any], pk: int | None) -> None:
        given = serializer.validated_data
        serializer.instance = save_skill(
            name=given["name"],
            people={one["person"].pk: one["level"] for one in given.get("people", ())},
            categories={one["category"].pk: one["level"] for one in given.get("categories", ())},
            skill_id=pk,
        )


class TechnicianGroupViewSet(viewsets.ModelViewSet[TechnicianGroup]):
    """Groups of technicians: list, read, add, write anew."""

    queryset = TechnicianGroup.objects.prefetch_related("members")
    serializer_class = TechnicianGroupSerializer
    http_method_names = ("get", "post", "put", "head", "options")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        """Add a group."""
        self._keep(serializer, None)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        """Write a group anew; who stays keeps their turn."""
        self._keep(serializer, cast(TechnicianGroup, serializer.instance).pk)

    def _keep(self, serializer: BaseSerializer[Any], pk: int | None) -> None:
        given = serializer.validated_data
        people = [one.pk for one in given["people"]]
        serializer.instance = save_group(name=given["name"], person_ids=people, group_id=pk)


class TagViewSet(viewsets.ModelViewSet[Tag]):
    """Tags: list, read, add."""

    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    http_method_names = ("get", "post", "head", "options")
