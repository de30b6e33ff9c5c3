"""PDFs in bulk, for programs."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.api.bundle_serializers import (
    BundleFaultSerializer,
    NewPdfBundleSerializer,
    PdfBundleSerializer,
)
from billing.models import Invoice, ItemState, PdfBundle
from billing.operations.ask_bundle import BundleOrder, NothingToBundle, ask_bundle
from billing.operations.retry_bundle import BundleNotRetryable, retry_bundle
from billing.queries.bundles import of_month
from core.api.refusals import telling

WHICH = OpenApiParameter("file", OpenApiTypes.INT, OpenApiParameter.QUERY, required=True)


class PdfBundleViewSet(viewsets.ReadOnlyModelViewSet[PdfBundle]):
    """PDFs in bulk: ask, see how far they are, download the files until they expire."""

    queryset = PdfBundle.objects.all()
    serializer_class = PdfBundleSerializer
    filterset_fields = ("state", "month", "run")
    action_permissions = {"retry": "billing.change_pdfbundle"}

    def get_queryset(self) -> QuerySet[PdfBundle]:
        """Return what this person may see."""
        visible = PdfBundle.objects.visible_to(cast(User, self.request.user))
        return visible.with_counts().prefetch_related("files")

    @extend_schema(request=NewPdfBundleSerializer, responses={202: PdfBundleSerializer})
    def create(self, request: Request) -> Response:
        """Ask for the PDFs of a month, a run or chosen documents; workers pack them."""
        user = cast(User, request.user)
        serializer = NewPdfBundleSerializer(data=request.data, user=user)
        serializer.is_valid(raise_exception=True)
        with telling(NothingToBundle):
            bundle = ask_bundle(order=_order(serializer.validated_data, user), actor=user)
        return Response(self.get_serializer(self.get_queryset().get(pk=bundle.pk)).data, status=202)

    @extend_schema(request=None, responses={202: PdfBundleSerializer})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str | None = None) -> Response:
        """Try again what could not be made or packed."""
        bundle = self.get_object()
        with telling(BundleNotRetryable):
            retry_bundle(bundle_id=bundle.pk)
        return Response(self.get_serializer(self.get_object()).data, status=202)

    @extend_schema(responses=BundleFaultSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_fields=())
    def faults(self, request: Request, pk: str | None = None) -> Response:
        """Return the documents that could not be made, each with the reason."""
        failed = self.get_object().items.filter(state=ItemState.FAILED)
        return Response(BundleFaultSerializer(failed, many=True).data)

    @extend_schema(
        parameters=[WHICH], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str | None = None) -> FileResponse:
        """Download one of its files."""
        wanted = request.query_params.get("file", "")
        kept = get_object_or_404(
            self.get_object().files, pk=int(wanted) if wanted.isdecimal() else 0
        )
        return FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)


def _order(values: Mapping[str, Any], user: User) -> BundleOrder:
    visible = Invoice.objects.visible_to(user).issued()
    contents = values["contents"]
    if "month" in values:
        month = values["month"].replace(day=1)
        ids = list(of_month(visible, month).values_list("pk", flat=True))
        return BundleOrder(ids, contents, month=month)
    if "run" in values:
        ids = list(visible.filter(run=values["run"]).values_list("pk", flat=True))
        return BundleOrder(ids, contents, run_id=values["run"].pk)
    return BundleOrder([one.pk for one in values["invoices"]], contents)
