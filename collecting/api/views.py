"""Disputes, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.models import Charge
from billing.operations.credit_invoice import CreditNotPossible
from collecting.api import serializers
from collecting.models import Dispute, DisputeGround
from collecting.operations.answer_dispute import answer_dispute
from collecting.operations.credit_dispute import Concession, credit_dispute
from collecting.operations.open_dispute import DisputeRefused, Objection, open_dispute
from collecting.operations.release_dispute import release_dispute
from collecting.operations.withdraw_dispute import withdraw_dispute
from collecting.queries.disputes import priced
from core.api.refusals import telling

CHANGE = "collecting.change_dispute"


class DisputeViewSet(viewsets.ReadOnlyModelViewSet[Dispute]):
    """Disputed lines: list, read, open, answer, and end them one way or another."""

    queryset = Dispute.objects.all()
    serializer_class = serializers.DisputeSerializer
    filterset_fields = ("invoice", "invoice__client", "line", "state", "ground")
    portal_permission = "accounts.use_portal_invoices"
    action_permissions = {
        "answer": CHANGE,
        "release": CHANGE,
        "withdraw": CHANGE,
        "credit": "billing.issue_invoice",
    }

    def get_queryset(self) -> QuerySet[Dispute]:
        """Return what this person may see, with what was said."""
        visible = Dispute.objects.visible_to(cast(User, self.request.user))
        return visible.select_related("invoice__legal_entity").prefetch_related("messages")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401  (DRF's signature)
        """List disputes with their amounts."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows = self.get_serializer(priced(page or []), many=True)
        return self.get_paginated_response(rows.data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401  (DRF's signature)
        """Return one dispute."""
        return Response(self._read(self.get_object().pk))

    @extend_schema(
        request=serializers.NewDisputeSerializer, responses={201: serializers.DisputeSerializer}
    )
    def create(self, request: Request) -> Response:
        """Dispute a line of an issued invoice."""
        serializer = serializers.NewDisputeSerializer(data=request.data)
        field: Any = serializer.fields["line"]
        field.queryset = Charge.objects.visible_to(self._user)
        values = _checked(serializer)
        with telling(DisputeRefused):
            dispute = open_dispute(
                line_id=values["line"].pk,
                objection=Objection(DisputeGround(values["ground"]), values["body"]),
                actor=self._user,
                now=timezone.now(),
            )
        return Response(self._read(dispute.pk), status=201)

    @extend_schema(request=serializers.AnswerSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str | None = None) -> Response:
        """Say something to the client, who gets it by mail."""
        dispute, body = self.get_object(), _body(request)
        with telling(DisputeRefused):
            answer_dispute(dispute_id=dispute.pk, body=body, actor=self._user, now=timezone.now())
        return Response(self._read(dispute.pk))

    @extend_schema(request=serializers.AnswerSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str | None = None) -> Response:
        """End it: the line stands as it was invoiced, with an answer to the client."""
        dispute, body = self.get_object(), _body(request)
        with telling(DisputeRefused):
            release_dispute(
                dispute_id=dispute.pk, answer=body, actor=self._user, now=timezone.now()
            )
        return Response(self._read(dispute.pk))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """End it: the client accepts the line after all."""
        dispute = self.get_object()
        with telling(DisputeRefused):
            withdraw_dispute(dispute_id=dispute.pk, actor=self._user, now=timezone.now())
        return Response(self._read(dispute.pk))

    @extend_schema(request=serializers.ConcessionSerializer)
    @action(detail=True, methods=["post"])
    def credit(self, request: Request, pk: str | None = None) -> Response:
        """End it by a credit note against the line."""
        dispute = self.get_object()
        values = _checked(serializers.ConcessionSerializer(data=request.data))
        zone = dispute.invoice.legal_entity.zone
        values.setdefault("issued_on", timezone.localdate(timezone=zone))
        with telling(DisputeRefused, CreditNotPossible):
            credit_dispute(
                dispute_id=dispute.pk,
                concession=Concession(**values),
                actor=self._user,
                now=timezone.now(),
            )
        return Response(self._read(dispute.pk))

    @property
    def _user(self) -> User:
        return cast(User, self.request.user)

    def _read(self, pk: int) -> Any:  # noqa: ANN401  (what DRF calls data)
        [found] = priced(self.get_queryset().filter(pk=pk))
        return self.get_serializer(found).data


def _body(request: Request) -> str:
    return str(_checked(serializers.AnswerSerializer(data=request.data))["body"])


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
