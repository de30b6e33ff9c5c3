"""Files of the books, for programs."""

from typing import Any, ClassVar, cast

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.models import User
from billing.models import Export
from clients.models import LegalEntity
from core.api.refusals import telling
from ledger.archive import export_archive
from ledger.domain.layouts import Program
from ledger.downloads import file_of
from ledger.exporting import ExportRefused, export_fec
from ledger.journal_export import NO_TAX, Wanted, export_journal
from ledger.queries.vat_sources import Span


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file that was taken out; ``sha256`` stands in the chain."""

    class Meta:
        model = Export
        fields = (
            "id",
            "legal_entity",
            "kind",
            "starts_on",
            "last_day_on",
            "file_name",
            "line_count",
            "sha256",
            "recorded_at",
        )
        read_only_fields = fields


class FecSerializer(serializers.Serializer[Any]):
    """The fiscal year, named by the year in which it ends, of a company."""

    legal_entity = serializers.PrimaryKeyRelatedField(queryset=LegalEntity.objects.all())
    year = serializers.IntegerField(min_value=1900, max_value=9999)


class SpanSerializer(serializers.Serializer[Any]):
    """Days of a company, both included."""

    legal_entity = serializers.PrimaryKeyRelatedField(queryset=LegalEntity.objects.all())
    since = serializers.DateField()
    until = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse days that run backwards."""
        if attrs["until"] < attrs["since"]:
            words = _("The last day comes before the first.")
            raise serializers.ValidationError({"until": words})
        return attrs


class JournalExportSerializer(SpanSerializer):
    """The days, and the program that shall read their entries.

    ``tax_name`` is what Xero calls its rate without tax.
    """

    program = serializers.ChoiceField(choices=[one.value for one in Program])
    tax_name = serializers.CharField(max_length=50, default=NO_TAX)


class ExportViewSet(viewsets.ReadOnlyModelViewSet[Export]):
    """Files of the books: what was taken out, and taking one out."""

    queryset = Export.objects.all()
    serializer_class = ExportSerializer
    filterset_fields = ("legal_entity", "kind")
    action_permissions: ClassVar = {
        "fec": "billing.add_export",
        "journal": "billing.add_export",
        "archive": "billing.add_export",
    }

    @extend_schema(request=FecSerializer, responses={(200, "text/plain"): OpenApiTypes.BINARY})
    @action(detail=False, methods=["post"])
    def fec(self, request: Request) -> FileResponse:
        """Return the tax auditors' file of a fiscal year, and keep that it was taken out."""
        asked = FecSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        with telling(ExportRefused):
            taken = export_fec(
                entity=values["legal_entity"],
                year=values["year"],
                actor=cast(User, request.user),
            )
        return file_of(taken)

    @extend_schema(
        request=JournalExportSerializer, responses={(200, "text/csv"): OpenApiTypes.BINARY}
    )
    @action(detail=False, methods=["post"])
    def journal(self, request: Request) -> FileResponse:
        """Return the entries of some days for another program, and keep that they were taken out.

        It is a ZIP of several files where the program takes no more lines in one.
        """
        asked = JournalExportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        entity: LegalEntity = values["legal_entity"]
        span = Span(values["since"], values["until"])
        wanted = Wanted(Program(values["program"]), span, values["tax_name"])
        today = timezone.localdate(timezone=entity.zone)
        with telling(ExportRefused):
            taken = export_journal(
                entity=entity, wanted=wanted, today=today, actor=cast(User, request.user)
            )
        return file_of(taken)

    @extend_schema(
        request=SpanSerializer, responses={(200, "application/zip"): OpenApiTypes.BINARY}
    )
    @action(detail=False, methods=["post"])
    def archive(self, request: Request) -> FileResponse:
        """Return the chain of some days as a signed archive, and keep that it was taken out."""
        asked = SpanSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        span = Span(values["since"], values["until"])
        with telling(ExportRefused):
            taken = export_archive(
                entity=values["legal_entity"], span=span, actor=cast(User, request.user)
            )
        return file_of(taken)
