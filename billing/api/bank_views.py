"""Bank accounts and lines of statements, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.api import bank_serializers as serializers
from billing.domain.statement import UnreadableStatement
from billing.models import BankAccount, BankEntry
from billing.operations.book_entry import PaymentRefused, book_entry
from billing.operations.import_statement import StatementRefused, import_statement
from billing.operations.reopen_entry import reopen_entry
from billing.operations.return_entry import return_entry
from billing.operations.set_aside_entry import set_aside_entry
from billing.queries.bank import waiting
from billing.reading import read_upload, words_for
from core.api.refusals import Refused, telling


class BankAccountViewSet(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[BankAccount]
):
    """Bank accounts of the firm: list, read, enter, change, read a statement into one."""

    queryset = BankAccount.objects.all()
    serializer_class = serializers.BankAccountSerializer
    http_method_names = ["get", "post", "patch", "head", "options"]
    action_permissions = {"read": "billing.add_bankstatement"}

    def get_queryset(self) -> QuerySet[BankAccount]:
        """Return what this person may see."""
        return BankAccount.objects.visible_to(cast(User, self.request.user))

    @extend_schema(
        request={"multipart/form-data": serializers.StatementFileSerializer},
        responses={201: serializers.BankStatementSerializer},
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser, FormParser, JSONParser])
    def read(self, request: Request, pk: str | None = None) -> Response:
        """Read a CAMT.053, OFX or CSV file; its lines wait, nothing is booked."""
        account = self.get_object()
        upload = _checked(serializers.StatementFileSerializer(data=request.data))["file"]
        try:
            file = read_upload(upload, account)
        except UnreadableStatement as fault:
            raise Refused(words_for(fault)) from fault
        with telling(StatementRefused):
            statement = import_statement(
                account_id=account.pk, file=file, actor=cast(User, request.user)
            )
        return Response(serializers.BankStatementSerializer(statement).data, status=201)


class BankEntryViewSet(viewsets.ReadOnlyModelViewSet[BankEntry]):
    """Lines of statements: list, read, see proposals, book, take back, set aside, take up again."""

    queryset = BankEntry.objects.all()
    serializer_class = serializers.BankEntrySerializer
    filterset_fields = {
        "account": ["exact"],
        "statement": ["exact"],
        "payment": ["exact", "isnull"],
        "reversal": ["isnull"],
        "set_aside_at": ["isnull"],
    }
    action_permissions = {
        "proposals": "billing.view_bankentry",
        "book": "billing.add_payment",
        "take_back": "billing.add_reversal",
        "set_aside": "billing.change_bankentry",
        "reopen": "billing.change_bankentry",
    }

    def get_queryset(self) -> QuerySet[BankEntry]:
        """Return what this person may see."""
        return BankEntry.objects.visible_to(cast(User, self.request.user))

    @extend_schema(responses=serializers.ProposalSerializer(many=True))
    @action(detail=True, methods=["get"])
    def proposals(self, request: Request, pk: str | None = None) -> Response:
        """Say what a line may pay, the surest first, each with its reason."""
        [line] = waiting([self.get_object()])
        found = [
            {
                "client": one.proposal.client_id,
                "reason": one.proposal.reason.value,
                "confidence": one.proposal.confidence.value,
                "allocations": [
                    {"invoice": key, "amount": amount} for key, amount in one.proposal.shares
                ],
            }
            for one in line.proposals
        ]
        return Response(serializers.ProposalSerializer(found, many=True).data)

    @extend_schema(request=serializers.BookSerializer)
    @action(detail=True, methods=["post"])
    def book(self, request: Request, pk: str | None = None) -> Response:
        """Record a line as money of a client, and what it pays; once."""
        entry = self.get_object()
        values = _checked(serializers.BookSerializer(data=request.data))
        shares = {share["invoice"].pk: share["amount"] for share in values["allocations"]}
        with telling(PaymentRefused):
            book_entry(
                entry_id=entry.pk,
                client_id=values["client"].pk,
                allocations=shares,
                actor=cast(User, request.user),
            )
        return self._read()

    @extend_schema(request=serializers.TakeBackSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str | None = None) -> Response:
        """Reverse the payment that the bank took back by this line."""
        entry = self.get_object()
        values = _checked(serializers.TakeBackSerializer(data=request.data))
        with telling(PaymentRefused):
            return_entry(
                entry_id=entry.pk, payment_id=values["payment"].pk, actor=cast(User, request.user)
            )
        return self._read()

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, pk: str | None = None) -> Response:
        """Mark a line as not about an invoice of ours."""
        entry, actor = self.get_object(), cast(User, request.user)
        with telling(PaymentRefused):
            set_aside_entry(entry_id=entry.pk, now=timezone.now(), actor=actor)
        return self._read()

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        """Let a line wait again that was set aside."""
        reopen_entry(entry_id=self.get_object().pk)
        return self._read()

    def _read(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
