"""Terms, notice, renewals, pauses and what is to be decided, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from clients.models import LegalEntity
from contracts.api import terms_serializers as shapes
from contracts.decisions import Asked, decisions
from contracts.models import Contract, ContractPause, Renewal
from contracts.operations._ending import ContractNotEndable
from contracts.operations._pauses import PauseNotPossible
from contracts.operations._renewing import RenewalNotPossible
from contracts.operations.change_pause import change_pause
from contracts.operations.end_at_term import end_at_term
from contracts.operations.pause_contract import pause_contract
from contracts.operations.receive_notice import receive_notice
from contracts.operations.renew_contract import renew_contract
from contracts.operations.resume_contract import resume_contract
from contracts.operations.set_renewal_terms import set_renewal_terms
from contracts.operations.withdraw_notice import withdraw_notice
from contracts.operations.withdraw_pause import withdraw_pause
from core.api.refusals import telling
from core.periods import add_months

CHANGE = "contracts.change_contract"
MONTHS_AHEAD = 6
PARTS = ("client", "number", "renewal_kind", "end_kind")


class ContractTermViewSet(viewsets.ReadOnlyModelViewSet[Contract]):
    """The terms of contracts: read, agree, renew, end, take notice down and withdraw it."""

    queryset = Contract.objects.all()
    serializer_class = shapes.ContractTermSerializer
    filterset_fields = PARTS
    action_permissions = dict.fromkeys(("update", "renew", "end", "notice", "withdraw"), CHANGE)

    def get_queryset(self) -> QuerySet[Contract]:
        """Return what this person may see."""
        contracts = Contract.objects.visible_to(cast(User, self.request.user))
        return contracts.prefetch_related("renewals")

    @extend_schema(request=shapes.AgreedTermSerializer, responses=shapes.ContractTermSerializer)
    def update(self, request: Request, pk: str | None = None) -> Response:
        """Agree on term, notice and renewal."""
        contract = self.get_object()
        given = shapes.AgreedTermSerializer(data=request.data, context={"contract": contract})
        values = _checked(given)
        with telling(RenewalNotPossible):
            set_renewal_terms(contract_id=contract.pk, today=timezone.localdate(), **values)
        return self._answer(contract.pk)

    @extend_schema(request=shapes.RenewSerializer, responses=shapes.ContractTermSerializer)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str | None = None) -> Response:
        """Let another term follow the one that ends that day."""
        contract = self.get_object()
        values = _checked(shapes.RenewSerializer(data=request.data))
        with telling(RenewalNotPossible):
            renew_contract(
                contract_id=contract.pk,
                decided_on=timezone.localdate(),
                actor=cast(User, request.user),
                **values,
            )
        return self._answer(contract.pk)

    @extend_schema(request=shapes.WhySerializer, responses=shapes.ContractTermSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Let the term that runs be the last one."""
        contract = self.get_object()
        values = _checked(shapes.WhySerializer(data=request.data))
        with telling(RenewalNotPossible, ContractNotEndable):
            end_at_term(
                contract_id=contract.pk,
                decided_on=timezone.localdate(),
                actor=cast(User, request.user),
                **values,
            )
        return self._answer(contract.pk)

    @extend_schema(request=shapes.NoticeSerializer, responses=shapes.ContractTermSerializer)
    @action(detail=True, methods=["post"])
    def notice(self, request: Request, pk: str | None = None) -> Response:
        """Take a notice down; the contract ends as its term and its notice say."""
        contract = self.get_object()
        values = _checked(shapes.NoticeSerializer(data=request.data))
        with telling(RenewalNotPossible, ContractNotEndable):
            receive_notice(contract_id=contract.pk, actor=cast(User, request.user), **values)
        return self._answer(contract.pk)

    @extend_schema(request=None, responses=shapes.ContractTermSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-notice")
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take a notice back; the contract runs on."""
        contract = self.get_object()
        with telling(ContractNotEndable):
            withdraw_notice(contract_id=contract.pk)
        return self._answer(contract.pk)

    def _answer(self, pk: int) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)


class RenewalViewSet(viewsets.ReadOnlyModelViewSet[Renewal]):
    """What was decided at the end of terms: list and read."""

    queryset = Renewal.objects.all()
    serializer_class = shapes.RenewalSerializer
    filterset_fields = ("contract", "contract__client", "decision")

    def get_queryset(self) -> QuerySet[Any]:
        """Return what this person may see."""
        return Renewal.objects.visible_to(cast(User, self.request.user))


class PauseViewSet(viewsets.ReadOnlyModelViewSet[ContractPause]):
    """The days on which contracts rest: list, read, agree, change, resume, take back."""

    queryset = ContractPause.objects.all()
    serializer_class = shapes.PauseSerializer
    filterset_fields = ("contract", "contract__client")
    action_permissions = dict.fromkeys(("create", "partial_update", "destroy", "resume"), CHANGE)

    def get_queryset(self) -> QuerySet[Any]:
        """Return what this person may see."""
        return ContractPause.objects.visible_to(cast(User, self.request.user))

    @extend_schema(responses={201: shapes.PauseSerializer})
    def create(self, request: Request) -> Response:
        """Let a contract rest; days already billed come back with the next run."""
        values = _checked(shapes.PauseSerializer(data=request.data))
        contract = values.pop("contract")
        with telling(PauseNotPossible):
            made = pause_contract(contract_id=contract.pk, **values)
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=shapes.PauseDaysSerializer, responses=shapes.PauseSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Shorten, lengthen or move a pause."""
        pause = self.get_object()
        given = _checked(shapes.PauseDaysSerializer(pause, data=request.data, partial=True))
        names = ("starts_on", "last_day_on", "reason")
        kept = {name: given.get(name, getattr(pause, name)) for name in names}
        with telling(PauseNotPossible):
            changed = change_pause(pause_id=pause.pk, **kept)
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=shapes.ResumeSerializer, responses=shapes.PauseSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str | None = None) -> Response:
        """Let the contract run again from a day on."""
        pause = self.get_object()
        values = _checked(shapes.ResumeSerializer(data=request.data))
        with telling(PauseNotPossible):
            ended = resume_contract(pause_id=pause.pk, **values)
        return Response(self.get_serializer(ended).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take a pause back as if it had never been agreed."""
        withdraw_pause(pause_id=self.get_object().pk)
        return Response(status=204)


class DecisionViewSet(viewsets.GenericViewSet[Contract]):
    """What is to be decided about contracts, and what changes by itself, by day."""

    queryset = Contract.objects.all()
    serializer_class = shapes.DecisionsSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(parameters=[shapes.AskedSerializer], responses=shapes.DecisionsSerializer)
    def list(self, request: Request) -> Response:
        """Return what is to be decided through a day, six months ahead unless told otherwise."""
        asked = _checked(shapes.AskedSerializer(data=request.query_params))
        today = timezone.localdate()
        until = asked.get("until") or add_months(today, MONTHS_AHEAD)
        found, is_cut = decisions(
            Asked(
                user=cast(User, request.user),
                today=today,
                until=until,
                lead_days=LegalEntity.objects.current().decision_lead_days,
                manager_id=asked.get("manager"),
            ),
            [asked["kind"]] if "kind" in asked else (),
        )
        answer = {"until": until, "is_cut": is_cut, "decisions": found}
        return Response(self.get_serializer(answer).data)


def _checked(given: "serializers.BaseSerializer[Any]") -> dict[str, Any]:
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
