"""Mandates, batches and direct debits, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity, Mandate
from core.api.refusals import Refused, telling
from core.secret_box import SecretLost, unseal
from payments.api import serializers
from payments.models import DebitBatch, DirectDebit
from payments.operations.book_debits import PaymentRefused, book_debits
from payments.operations.cancel_batch import cancel_batch
from payments.operations.end_mandate import MandateRefused, end_mandate
from payments.operations.make_batch import BatchOrder, DebitRefused, make_batch
from payments.operations.return_debit import Return, return_debit
from payments.operations.send_batch import send_batch
from payments.operations.sign_mandate import Signed, sign_mandate
from payments.queries.proposals import proposals

INVOICES_OF_PORTAL = "accounts.use_portal_invoices"


class MandateViewSet(viewsets.ReadOnlyModelViewSet[Mandate]):
    """Mandates: list, read, record one that was signed, end one."""

    queryset = Mandate.objects.all()
    serializer_class = serializers.MandateSerializer
    filterset_fields = {
        "client": ["exact"],
        "reference": ["exact"],
        "scheme": ["exact"],
        "ended_on": ["isnull"],
    }
    portal_permission = INVOICES_OF_PORTAL
    action_permissions = {"end": "clients.change_mandate"}

    def get_queryset(self) -> QuerySet[Mandate]:
        """Return what this person may see."""
        return Mandate.objects.visible_to(_actor(self.request))

    @extend_schema(
        request=serializers.SignSerializer, responses={201: serializers.MandateSerializer}
    )
    def create(self, request: Request) -> Response:
        """Record a mandate; it takes the place of the one before."""
        asked = serializers.SignSerializer(data=request.data)
        chooser = cast(Any, asked.fields["client"])
        chooser.queryset = Client.objects.with_money_visible_to(_actor(request))
        values = _checked(asked)
        client, entity = values.pop("client"), _entity(values)
        with telling(MandateRefused):
            made = sign_mandate(
                client_id=client.pk,
                signed=Signed(legal_entity_id=entity.pk, **values),
                today=firm_today(),
            )
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=serializers.EndMandateSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Note that the client revoked it; nothing more is collected by it."""
        found = self.get_object()
        values = _checked(serializers.EndMandateSerializer(data=request.data))
        with telling(MandateRefused):
            ended = end_mandate(mandate_id=found.pk, today=firm_today(), **values)
        return Response(self.get_serializer(ended).data)


class DebitBatchViewSet(viewsets.ReadOnlyModelViewSet[DebitBatch]):
    """Batches of direct debits: propose, make, hand to the bank, book, cancel, take the file."""

    queryset = DebitBatch.objects.all()
    serializer_class = serializers.DebitBatchSerializer
    filterset_fields = {"collect_on": ["exact", "gte", "lte"], "sent_at": ["isnull"]}
    action_permissions = {
        "proposals": "payments.view_debitbatch",
        "send": "payments.change_debitbatch",
        "cancel": "payments.change_debitbatch",
        "book": "payments.change_debitbatch",
        "file": "payments.change_debitbatch",
    }

    def get_queryset(self) -> QuerySet[DebitBatch]:
        """Return what this person may see."""
        return DebitBatch.objects.visible_to(_actor(self.request)).with_counts()

    @extend_schema(
        request=serializers.MakeBatchSerializer, responses={201: serializers.DebitBatchSerializer}
    )
    def create(self, request: Request) -> Response:
        """Make a batch of open invoices with its file; the bank has nothing yet."""
        values = _checked(serializers.MakeBatchSerializer(data=request.data))
        order = BatchOrder(
            _entity(values).pk, values["scheme"], values["collect_on"], values["invoices"]
        )
        with telling(DebitRefused):
            made = make_batch(
                order=order, now=timezone.now(), today=firm_today(), actor=_actor(request)
            )
        return Response(self._read(made.pk), status=201)

    @extend_schema(
        parameters=[serializers.WhichSerializer],
        responses=serializers.DebitProposalSerializer(many=True),
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def proposals(self, request: Request) -> Response:
        """Say what a day could collect, and of the rest why not; nothing is written."""
        values = _checked(serializers.WhichSerializer(data=request.query_params))
        found = proposals(_entity(values), values["scheme"], values["collect_on"], firm_today())
        return Response(serializers.DebitProposalSerializer(found, many=True).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str | None = None) -> Response:
        """Note that the file goes to the bank; from then on it can be taken."""
        found = self.get_object()
        with telling(DebitRefused):
            send_batch(
                batch_id=found.pk, now=timezone.now(), today=firm_today(), actor=_actor(request)
            )
        return Response(self._read(found.pk))

    @extend_schema(request=serializers.CancelBatchSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Free the invoices of a batch that the bank does not have, or that it refused whole."""
        found = self.get_object()
        values = _checked(serializers.CancelBatchSerializer(data=request.data))
        with telling(DebitRefused):
            cancel_batch(batch_id=found.pk, now=timezone.now(), **values)
        return Response(self._read(found.pk))

    @extend_schema(request=serializers.BookBatchSerializer)
    @action(detail=True, methods=["post"])
    def book(self, request: Request, pk: str | None = None) -> Response:
        """Record a payment for each direct debit that is still under way."""
        found = self.get_object()
        values = _checked(serializers.BookBatchSerializer(data=request.data))
        with telling(DebitRefused), telling(PaymentRefused):
            book_debits(batch_id=found.pk, actor=_actor(request), **values)
        return Response(self._read(found.pk))

    @extend_schema(responses={(200, "application/xml"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Give out the pain.008 file of a batch that was handed over."""
        found = self.get_object()
        if not found.sent_at or found.cancelled_at:
            raise Refused(_("Hand the batch over first; then its file can be downloaded."))
        try:
            content = unseal(found.file_sealed)
        except SecretLost as lost:
            raise Refused(_("The file was sealed under another key and cannot be read.")) from lost
        name = f'attachment; filename="{found.reference}.xml"'
        headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/xml", headers=headers)

    def _read(self, key: int) -> Any:  # noqa: ANN401  (what a serializer gives)
        return self.get_serializer(self.get_queryset().get(pk=key)).data


class DirectDebitViewSet(viewsets.ReadOnlyModelViewSet[DirectDebit]):
    """Direct debits: list, read, say that one came back."""

    queryset = DirectDebit.objects.all()
    serializer_class = serializers.DirectDebitSerializer
    filterset_fields = {
        "batch": ["exact"],
        "invoice": ["exact"],
        "mandate": ["exact"],
        "end_to_end_id": ["exact"],
        "returned_on": ["isnull"],
    }
    portal_permission = INVOICES_OF_PORTAL
    action_permissions = {"take_back": "payments.change_directdebit"}

    def get_queryset(self) -> QuerySet[DirectDebit]:
        """Return what this person may see."""
        return DirectDebit.objects.visible_to(_actor(self.request)).select_related("batch")

    @extend_schema(request=serializers.ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str | None = None) -> Response:
        """Book that it came back: the invoice is open again."""
        found = self.get_object()
        values = _checked(serializers.ReturnSerializer(data=request.data))
        with telling(DebitRefused), telling(PaymentRefused):
            return_debit(debit_id=found.pk, said=Return(**values), actor=_actor(request))
        return Response(self.get_serializer(self.get_object()).data)


def _actor(request: Request) -> User:
    return cast(User, request.user)


def _entity(values: dict[str, Any]) -> LegalEntity:
    """Return the firm that was named, or the usual one."""
    named: LegalEntity | None = values.pop("legal_entity", None)
    return named or LegalEntity.objects.current()


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
