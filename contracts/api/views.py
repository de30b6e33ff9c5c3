"""Contracts, for programs."""

from collections.abc import Iterable
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
from contracts.api import serializers
from contracts.api.serializers import tiers_given
from contracts.api.terms_serializers import ContractEndSerializer
from contracts.domain.price import tiers_of
from contracts.models import Contract, ContractLine, CoverageRule
from contracts.operations._coverage import CoverageNotAcceptable
from contracts.operations._hours import HoursNotAcceptable
from contracts.operations._line_rules import LineNotAcceptable, NewLine
from contracts.operations._line_terms import PLACES, PRICES, TERMS, picked
from contracts.operations._plans import CoverageTerm, PlanNotAcceptable
from contracts.operations.add_line import add_line
from contracts.operations.change_coverage import change_coverage
from contracts.operations.change_line import change_line
from contracts.operations.change_line_terms import change_line_terms
from contracts.operations.create_contract import ContractNotAcceptable, create_contract
from contracts.operations.end_contract import ContractNotEndable, end_contract
from contracts.operations.end_coverage import end_coverage
from contracts.operations.end_line import end_line
from contracts.operations.move_contract import move_contract
from contracts.operations.set_coverage import set_coverage
from contracts.operations.withdraw_line import withdraw_line
from core.api.refusals import telling

CHANGE_LINE = "contracts.change_contractline"


CHANGE_COVERAGE = "contracts.change_coveragerule"
NAMED = ("product", "count_site", "site", "purchase_order")


def by_id(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the values with rows named by their ids, as operations take them."""
    for name in names:
        if name in values:
            row = values.pop(name)
            values[f"{name}_id"] = row.pk if row else None
    return values


def _new_line(values: dict[str, Any]) -> NewLine:
    return NewLine(**by_id(tiers_given(values), NAMED))


class ContractViewSet(viewsets.ReadOnlyModelViewSet[Contract]):
    """Contracts: list, read, make, reword, end, cover, and add lines."""

    queryset = Contract.objects.all()
    serializer_class = serializers.ContractSerializer
    filterset_fields = ("client", "number")
    portal_permission = "accounts.use_portal_invoices"
    action_permissions = {
        "end": "contracts.change_contract",
        "coverage": CHANGE_COVERAGE,
        "coverage_rules": CHANGE_COVERAGE,
        "move": "contracts.change_contract",
        "lines": "contracts.add_contractline",
    }

    def get_queryset(self) -> QuerySet[Contract]:
        """Return what this person may see."""
        contracts = Contract.objects.visible_to(cast(User, self.request.user))
        return contracts.prefetch_related("lines__versions", "coverage")

    @extend_schema(
        request=serializers.NewContractSerializer, responses={201: serializers.ContractSerializer}
    )
    def create(self, request: Request) -> Response:
        """Make a contract with its lines and coverage in one step."""
        values = self._read(serializers.NewContractSerializer(data=request.data))
        lines = [_new_line(line) for line in values.pop("lines")]
        covers = [work_type.pk for work_type in values.pop("covers", [])]
        client = values.pop("client")
        with telling(ContractNotAcceptable, LineNotAcceptable):
            contract = create_contract(
                client_id=client.pk, lines=lines, covered_work_type_ids=covers, **values
            )
        return self._answer(contract.pk, status=201)

    @extend_schema(
        request=serializers.ContractTextsSerializer, responses=serializers.ContractSerializer
    )
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change a contract's facts; lines, coverage, term and end change by the other actions."""
        texts = serializers.ContractTextsSerializer(
            self.get_object(), data=request.data, partial=True
        )
        texts.is_valid(raise_exception=True)
        return self._answer(texts.save().pk)

    @extend_schema(request=ContractEndSerializer, responses=serializers.ContractSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Set the last day of a contract and why it ends; without a day it runs on."""
        contract = self.get_object()
        values = self._read(ContractEndSerializer(data=request.data))
        with telling(ContractNotEndable):
            end_contract(contract_id=contract.pk, **values)
        return self._answer(contract.pk)

    @extend_schema(request=serializers.CoverageSerializer, responses=serializers.ContractSerializer)
    @action(detail=True, methods=["put"])
    def coverage(self, request: Request, pk: str | None = None) -> Response:
        """Say which work types the contract covers."""
        contract = self.get_object()
        values = self._read(serializers.CoverageSerializer(data=request.data))
        covers = [kind.pk for kind in values["covers"]]
        with telling(CoverageNotAcceptable):
            set_coverage(
                contract_id=contract.pk, work_type_ids=covers, starts_on=values["starts_on"]
            )
        return self._answer(contract.pk)

    @extend_schema(
        request=serializers.CoverageRuleSerializer,
        responses={201: serializers.CoverageRuleSerializer},
    )
    @action(detail=True, methods=["post"], url_path="coverage-rules")
    def coverage_rules(self, request: Request, pk: str | None = None) -> Response:
        """Say from a day on what the contract does about some work."""
        contract = self.get_object()
        values = self._read(serializers.CoverageRuleSerializer(data=request.data))
        site, starts_on = values.pop("site", None), values.pop("starts_on", None)
        term = CoverageTerm(**by_id(values, ("work_type", "category")))
        with telling(CoverageNotAcceptable):
            rule = change_coverage(
                contract_id=contract.pk,
                term=term,
                site_id=site.pk if site else None,
                starts_on=starts_on,
            )
        return Response(serializers.CoverageRuleSerializer(rule).data, status=201)

    @extend_schema(request=serializers.MoveSerializer, responses=serializers.ContractSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str | None = None) -> Response:
        """Let the contract follow a newer revision of its plan from a day on."""
        contract = self.get_object()
        values = self._read(serializers.MoveSerializer(data=request.data))
        revision = values.pop("revision")
        with telling(PlanNotAcceptable, LineNotAcceptable, HoursNotAcceptable):
            move_contract(contract_id=contract.pk, revision_id=revision.pk, **values)
        return self._answer(contract.pk)

    @extend_schema(
        request=serializers.NewLineSerializer, responses={201: serializers.ContractLineSerializer}
    )
    @action(detail=True, methods=["post"])
    def lines(self, request: Request, pk: str | None = None) -> Response:
        """Add a recurring service to a contract."""
        contract = self.get_object()
        values = self._read(serializers.NewLineSerializer(data=request.data))
        with telling(LineNotAcceptable):
            line = add_line(contract_id=contract.pk, line=_new_line(values))
        return Response(serializers.ContractLineSerializer(line).data, status=201)

    def _read(self, serializer: BaseSerializer[Any]) -> dict[str, Any]:
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _answer(self, pk: int, status: int = 200) -> Response:
        contract = self.get_queryset().get(pk=pk)
        return Response(self.get_serializer(contract).data, status=status)


class CoverageRuleViewSet(viewsets.ReadOnlyModelViewSet[CoverageRule]):
    """Rules about work: list, read, end; they are written by their contract."""

    queryset = CoverageRule.objects.all()
    serializer_class = serializers.CoverageRuleSerializer
    filterset_fields = ("contract", "work_type")
    action_permissions = {"end": CHANGE_COVERAGE}

    def get_queryset(self) -> QuerySet[CoverageRule]:
        """Return what this person may see."""
        return CoverageRule.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=serializers.EndRuleSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Let the contract say nothing about the work from a day on."""
        rule = self.get_object()
        given = serializers.EndRuleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end_coverage(rule_id=rule.pk, from_on=given.validated_data["from_on"])
        return Response(status=204)


class ContractLineViewSet(viewsets.ReadOnlyModelViewSet[ContractLine]):
    """Contract lines: list, read, change from a day on, change the terms, end, take back."""

    queryset = ContractLine.objects.all()
    serializer_class = serializers.ContractLineSerializer
    filterset_fields = ("contract", "contract__client")
    portal_permission = "accounts.use_portal_invoices"
    action_permissions = dict.fromkeys(("change", "end", "partial_update", "destroy"), CHANGE_LINE)

    def get_queryset(self) -> QuerySet[ContractLine]:
        """Return what this person may see."""
        lines = ContractLine.objects.visible_to(cast(User, self.request.user))
        return lines.prefetch_related("versions")

    @extend_schema(
        request=serializers.LineVersionSerializer, responses=serializers.ContractLineSerializer
    )
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str | None = None) -> Response:
        """Let the line have another quantity or price from a day on."""
        line = self.get_object()
        version = serializers.LineVersionSerializer(data=request.data)
        version.is_valid(raise_exception=True)
        with telling(LineNotAcceptable):
            change_line(line_id=line.pk, **tiers_given(dict(version.validated_data)))
        return self._answer(line.pk)

    @extend_schema(
        request=serializers.LineTermsSerializer, responses=serializers.ContractLineSerializer
    )
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change how the line is sold, as far as nothing has been billed by it."""
        line = self.get_object()
        given = serializers.LineTermsSerializer(line, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        changed = by_id(dict(given.validated_data), NAMED)
        version = line.versions.order_by("-starts_on").first()
        known = picked(line, (*TERMS, *PLACES))
        if version is not None:
            known |= {**picked(version, PRICES), "tiers": tiers_of(version.tiers)}
        with telling(LineNotAcceptable):
            change_line_terms(line_id=line.pk, line=NewLine(**{**known, **changed}))
        return self._answer(line.pk)

    @extend_schema(
        request=serializers.LineEndSerializer, responses=serializers.ContractLineSerializer
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Set the last day of a line."""
        line = self.get_object()
        values = serializers.LineEndSerializer(data=request.data)
        values.is_valid(raise_exception=True)
        with telling(LineNotAcceptable):
            end_line(line_id=line.pk, **values.validated_data)
        return self._answer(line.pk)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take back a line that has not begun."""
        line = self.get_object()
        with telling(LineNotAcceptable):
            withdraw_line(line_id=line.pk, today=timezone.localdate())
        return Response(status=204)

    def _answer(self, pk: int) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)
