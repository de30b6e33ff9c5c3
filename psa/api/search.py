"""The search, for programs."""

import html
from typing import ClassVar, cast

from django.utils.translation import get_language, gettext
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from psa.models import SearchEntry
from psa.queries.search import GROUPS, Hit, search

MOST = 30
KINDS = [(group.kind, group.kind) for group in GROUPS]


class SearchHitSerializer(serializers.Serializer[Hit]):
    """One thing found; ``extract`` is plain text around the words that were sought."""

    kind = serializers.ChoiceField(choices=KINDS)
    id = serializers.IntegerField(source="pk")
    title = serializers.SerializerMethodField()
    note = serializers.CharField()
    extract = serializers.SerializerMethodField()
    is_exact = serializers.SerializerMethodField(
        help_text="no when nothing is spelt like this and only what comes close was found"
    )

    def get_title(self, hit: Hit) -> str:
        """Return the title without marks."""
        return _plain(hit.title)

    def get_extract(self, hit: Hit) -> str:
        """Return the extract without marks."""
        return _plain(hit.extract)

    def get_is_exact(self, _hit: Hit) -> bool:
        """Return whether the words occur as they were typed."""
        return bool(self.context["is_exact"])


class SearchViewSet(viewsets.ViewSet):
    """What can be found by a few words: best first within each kind, at most 30 of a kind."""

    queryset = SearchEntry.objects.all()
    action_permissions: ClassVar = {"list": "accounts.use_desk"}

    @extend_schema(
        parameters=[OpenApiParameter("q", str, required=True, description="at least two letters")],
        responses=SearchHitSerializer(many=True),
        filters=False,
    )
    def list(self, request: Request) -> Response:
        """Return what matches the words ``q``, as the search page shows it."""
        user, language = cast(User, request.user), get_language() or "en"
        results = search(request.query_params.get("q", ""), user, language=language, most=MOST)
        if results.is_too_short:
            raise ValidationError({"q": gettext("Type at least two letters.")})
        hits = [hit for found in results.found for hit in found.hits]
        context = {"is_exact": results.is_exact}
        shown = [SearchHitSerializer(hit, context=context).data for hit in hits]
        return Response(shown)


def _plain(marked: str) -> str:
    """Return the text as it was written: without marks, its signs no longer escaped."""
    return html.unescape(marked.replace("<mark>", "").replace("</mark>", ""))
