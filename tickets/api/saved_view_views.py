"""Saved views of the list of tickets, for programs."""

from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from tickets.columns import COLUMNS, MORE_COLUMNS
from tickets.domain.saved_views import NAMES
from tickets.models import DefaultView, SavedView
from tickets.operations.keep_view import ViewWording, keep_view
from tickets.refusals import Refusal

KEYS = [one.key for one in (*COLUMNS, *MORE_COLUMNS)]


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """A view of the list; ``is_default`` says that the list opens with it for oneself."""

    filters = serializers.DictField(child=serializers.CharField(), required=False)
    columns = serializers.ListField(child=serializers.ChoiceField(choices=KEYS), required=False)
    sort = serializers.ChoiceField(
        choices=["", *KEYS, *(f"-{key}" for key in KEYS)], required=False
    )
    is_default = serializers.BooleanField(required=False)

    class Meta:
        model = SavedView
        fields = (
            "id",
            "name",
            "owner",
            "is_shared",
            "filters",
            "sort",
            "columns",
            "layout",
            "is_default",
        )
        read_only_fields = ("owner",)

    def validate_filters(self, filters: dict[str, str]) -> dict[str, str]:
        """Refuse filters that the list does not have.

        :raises serializers.ValidationError: there is one
        """
        if unknown := sorted(set(filters) - set(NAMES)):
            told = _("The list has no such filter: %(names)s.") % {"names": ", ".join(unknown)}
            raise serializers.ValidationError(told)
        return filters


class SavedViewViewSet(viewsets.ReadOnlyModelViewSet[SavedView]):
    """Saved views: list, read, keep, change, throw away."""

    queryset = SavedView.objects.all()
    serializer_class = SavedViewSerializer

    def get_queryset(self) -> QuerySet[SavedView]:
        """Return what this person may open, and may change where something is changed."""
        user = cast(User, self.request.user)
        views = SavedView.objects
        is_read = self.request.method in {"GET", "HEAD", "OPTIONS"}
        found = views.visible_to(user) if is_read else views.changeable_by(user)
        mine = DefaultView.objects.filter(view=OuterRef("pk"), person_id=user.pk)
        return found.annotate(is_default=Exists(mine))

    @extend_schema(responses={201: SavedViewSerializer})
    def create(self, request: Request) -> Response:
        """Keep a new view."""
        return Response(self._keep(request, None), status=201)

    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change a view."""
        return Response(self._keep(request, self.get_object()))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Throw a view away."""
        self.get_object().delete()
        return Response(status=204)

    def _keep(self, request: Request, view: SavedView | None) -> dict[str, Any]:
        serializer = self.get_serializer(view, data=request.data, partial=view is not None)
        serializer.is_valid(raise_exception=True)
        said = {**_said_by(view), **serializer.validated_data}
        is_default = said.pop("is_default", None)
        wording = ViewWording(**{**said, "columns": tuple(said.get("columns", ()))})
        with telling(Refusal):
            saved = keep_view(
                wording=wording,
                actor=cast(User, request.user),
                view_id=view.pk if view else None,
                is_default=is_default,
            )
        shown = self.get_queryset().get(pk=saved.pk)
        return dict(self.get_serializer(shown).data)


def _said_by(view: SavedView | None) -> dict[str, Any]:
    names = ("name", "is_shared", "filters", "sort", "columns", "layout")
    return {} if view is None else {name: getattr(view, name) for name in names}
