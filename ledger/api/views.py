"""The books, for programs."""

from typing import ClassVar, cast

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from ledger.api import serializers
from ledger.lists import with_balance
from ledger.models import Account, AccountRule, Book, Entry, EntryLine


class EntryViewSet(viewsets.ReadOnlyModelViewSet[Entry]):
    """Entries of the books, the latest first; they are made by themselves and never changed."""

    queryset = Entry.objects.all()
    serializer_class = serializers.EntrySerializer
    filterset_fields: ClassVar = {
        "legal_entity": ["exact"],
        "journal": ["exact"],
        "year": ["exact"],
        "client": ["exact"],
        "invoice": ["exact"],
        "day": ["exact", "gte", "lte"],
        "lines__account__number": ["exact"],
    }

    def get_queryset(self) -> QuerySet[Entry]:
        """Return what this person may see."""
        lines = EntryLine.objects.select_related("account")
        visible = Entry.objects.visible_to(cast(User, self.request.user))
        return visible.prefetch_related(Prefetch("lines", lines)).distinct()


class AccountViewSet(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[Account]
):
    """The charts of accounts."""

    queryset = Account.objects.all()
    serializer_class = serializers.AccountSerializer
    filterset_fields = ("legal_entity", "number")


class AccountRuleViewSet(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[AccountRule]
):
    """What is booked on which account from a day on."""

    queryset = AccountRule.objects.select_related("account", "legal_entity")
    serializer_class = serializers.AccountRuleSerializer
    filterset_fields = ("legal_entity", "purpose", "account")


class BookViewSet(mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[Book]):
    """The books of the firm's companies: fiscal year and deferred revenue."""

    queryset = Book.objects.order_by("legal_entity")
    serializer_class = serializers.LedgerBookSerializer


class TrialBalanceViewSet(viewsets.GenericViewSet[Account]):
    """What moved on each account."""

    queryset = Account.objects.all()
    serializer_class = serializers.BalanceSerializer
    filterset_fields = ("legal_entity",)
    pagination_class = None
    action_permissions: ClassVar = {"list": "ledger.view_entry"}

    @extend_schema(
        parameters=[
            OpenApiParameter("since", str, description="first day, YYYY-MM-DD"),
            OpenApiParameter("until", str, description="last day, YYYY-MM-DD"),
        ],
        responses=serializers.BalanceSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Return the accounts that moved in these days; both sides add up to the same."""
        asked = serializers.PeriodSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        days = asked.validated_data
        accounts = self.filter_queryset(self.get_queryset()).order_by("legal_entity", "number")
        rows = with_balance(accounts, days.get("since"), days.get("until"))
        return Response(self.get_serializer(rows, many=True).data)
