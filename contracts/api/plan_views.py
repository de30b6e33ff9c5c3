"""Managed plans, for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from contracts.api import plan_serializers as shapes
from contracts.api.serializers import ContractSerializer, tiers_given
from contracts.api.views import by_id
from contracts.models import ManagedPlan, PlanAllowance, PlanCoverage, PlanLine, PlanRevision
from contracts.operations._line_terms import LineNotAcceptable, SoldLine
from contracts.operations._numbers import ContractNotAcceptable
from contracts.operations._plans import CoverageTerm, PlanNotAcceptable, RevisionTerms
from contracts.operations.change_revision import change_revision
from contracts.operations.create_plan import create_plan
from contracts.operations.discard_revision import discard_revision
from contracts.operations.publish_revision import publish_revision
from contracts.operations.remove_plan_allowance import remove_plan_allowance
from contracts.operations.remove_plan_coverage import remove_plan_coverage
from contracts.operations.remove_plan_line import remove_plan_line
from contracts.operations.revise_plan import revise_plan
from contracts.operations.save_plan_allowance import save_plan_allowance
from contracts.operations.save_plan_coverage import save_plan_coverage
from contracts.operations.save_plan_line import save_plan_line
from contracts.operations.sell_plan import sell_plan
from core.api.refusals import telling

CHANGE = "contracts.change_managedplan"


def read(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    """Return what was sent, once it has the right shape."""
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _write_line(given: Any, revision_id: int, line_id: int | None) -> PlanLine:  # noqa: ANN401  (what was sent)
    values = by_id(tiers_given(read(shapes.PlanLineSerializer(data=given))), ("product",))
    with telling(PlanNotAcceptable, LineNotAcceptable):
        return save_plan_line(revision_id=revision_id, line=SoldLine(**values), line_id=line_id)


def _write_hours(given: Any, revision_id: int, allowance_id: int | None) -> PlanAllowance:  # noqa: ANN401  (what was sent)
    values = read(shapes.PlanAllowanceSerializer(data=given))
    work_types = [one.pk for one in values.pop("work_types", [])]
    with telling(PlanNotAcceptable):
        return save_plan_allowance(
            revision_id=revision_id,
            terms=values,
            work_type_ids=work_types,
            allowance_id=allowance_id,
        )


class ManagedPlanViewSet(mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[ManagedPlan]):
    """Plans: list, read, begin, rename, take off sale, prepare a new revision."""

    queryset = ManagedPlan.objects.prefetch_related("revisions")
    serializer_class = shapes.ManagedPlanSerializer
    filterset_fields = ("code", "is_active")
    action_permissions = {"revise": CHANGE}

    def create(self, request: Request) -> Response:
        """Begin a plan with an empty revision in preparation."""
        values = read(self.get_serializer(data=request.data))
        values.pop("is_active", None)
        with telling(PlanNotAcceptable):
            plan = create_plan(**values)
        return Response(self.get_serializer(plan).data, status=201)

    @extend_schema(request=None, responses={201: shapes.PlanRevisionSerializer})
    @action(detail=True, methods=["post"])
    def revise(self, request: Request, pk: str | None = None) -> Response:
        """Prepare a new revision as a copy of the last."""
        plan = self.get_object()
        with telling(PlanNotAcceptable):
            revision = revise_plan(plan_id=plan.pk)
        return Response(shapes.PlanRevisionSerializer(revision).data, status=201)


class PlanRevisionViewSet(viewsets.ReadOnlyModelViewSet[PlanRevision]):
    """Revisions of plans: read, change and fill one in preparation, publish, sell."""

    queryset = PlanRevision.objects.all()
    serializer_class = shapes.PlanRevisionSerializer
    filterset_fields = ("plan", "number")
    action_permissions = {
        "partial_update": CHANGE,
        "destroy": CHANGE,
        "publish": CHANGE,
        "lines": CHANGE,
        "coverage": CHANGE,
        "allowances": CHANGE,
        "sell": "contracts.add_contract",
    }

    def get_queryset(self) -> QuerySet[PlanRevision]:
        """Return the revisions with all they promise."""
        return PlanRevision.objects.prefetch_related("lines", "coverage", "allowances__work_types")

    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change what a revision in preparation promises beside its lines."""
        revision = self.get_object()
        given = self.get_serializer(revision, data=request.data, partial=True)
        changed = by_id(read(given), ("sla_policy",))
        names = RevisionTerms.__dataclass_fields__
        known = {name: getattr(revision, name) for name in names}
        with telling(PlanNotAcceptable):
            change_revision(revision_id=revision.pk, terms=RevisionTerms(**{**known, **changed}))
        return self._answer(revision.pk)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Throw away a revision in preparation."""
        revision = self.get_object()
        with telling(PlanNotAcceptable):
            discard_revision(revision_id=revision.pk)
        return Response(status=204)

    @extend_schema(request=shapes.PublishSerializer, responses=shapes.PlanRevisionSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str | None = None) -> Response:
        """Put a revision on sale; from then on it never changes."""
        revision = self.get_object()
        values = read(shapes.PublishSerializer(data=request.data))
        with telling(PlanNotAcceptable):
            publish_revision(revision_id=revision.pk, **values)
        return self._answer(revision.pk)

    @extend_schema(request=shapes.PlanLineSerializer, responses={201: shapes.PlanLineSerializer})
    @action(detail=True, methods=["post"])
    def lines(self, request: Request, pk: str | None = None) -> Response:
        """Add a line to a revision in preparation."""
        line = _write_line(request.data, self.get_object().pk, None)
        return Response(shapes.PlanLineSerializer(line).data, status=201)

    @extend_schema(
        request=shapes.PlanCoverageSerializer, responses={201: shapes.PlanCoverageSerializer}
    )
    @action(detail=True, methods=["post"])
    def coverage(self, request: Request, pk: str | None = None) -> Response:
        """Say what the plan does about some work; what it said before is replaced."""
        revision = self.get_object()
        values = read(shapes.PlanCoverageSerializer(data=request.data))
        term = CoverageTerm(**by_id(values, ("work_type", "category")))
        with telling(PlanNotAcceptable):
            rule = save_plan_coverage(revision_id=revision.pk, term=term)
        return Response(shapes.PlanCoverageSerializer(rule).data, status=201)

    @extend_schema(
        request=shapes.PlanAllowanceSerializer, responses={201: shapes.PlanAllowanceSerializer}
    )
    @action(detail=True, methods=["post"])
    def allowances(self, request: Request, pk: str | None = None) -> Response:
        """Add hours to a revision in preparation."""
        allowance = _write_hours(request.data, self.get_object().pk, None)
        return Response(shapes.PlanAllowanceSerializer(allowance).data, status=201)

    @extend_schema(request=shapes.SaleSerializer, responses={201: ContractSerializer})
    @action(detail=True, methods=["post"])
    def sell(self, request: Request, pk: str | None = None) -> Response:
        """Make a contract of a published revision."""
        revision = self.get_object()
        values = read(shapes.SaleSerializer(data=request.data))
        lines, client = values.pop("lines", []), values.pop("client")
        typed = {one["line"].pk: one["quantity"] for one in lines}
        with telling(PlanNotAcceptable, ContractNotAcceptable, LineNotAcceptable):
            contract = sell_plan(
                revision_id=revision.pk,
                client_id=client.pk,
                quantities={pk: number for pk, number in typed.items() if number is not None},
                left_out=[one["line"].pk for one in lines if one["is_left_out"]],
                **values,
            )
        return Response(ContractSerializer(contract, context={"request": request}).data, status=201)

    def _answer(self, pk: int) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)


class PlanLineViewSet(viewsets.ReadOnlyModelViewSet[PlanLine]):
    """Lines of plans: list, read, write anew, take out."""

    queryset = PlanLine.objects.all()
    serializer_class = shapes.PlanLineSerializer
    filterset_fields = ("revision",)
    action_permissions = {"update": CHANGE, "destroy": CHANGE}

    def update(self, request: Request, pk: str | None = None) -> Response:
        """Write a line of a revision in preparation anew."""
        line = self.get_object()
        written = _write_line(request.data, line.revision_id, line.pk)
        return Response(self.get_serializer(written).data)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take a line out of a revision in preparation."""
        line = self.get_object()
        with telling(PlanNotAcceptable):
            remove_plan_line(line_id=line.pk)
        return Response(status=204)


class PlanCoverageViewSet(viewsets.ReadOnlyModelViewSet[PlanCoverage]):
    """What plans say about work: list, read, take out."""

    queryset = PlanCoverage.objects.all()
    serializer_class = shapes.PlanCoverageSerializer
    filterset_fields = ("revision",)
    action_permissions = {"destroy": CHANGE}

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Let a revision in preparation say nothing about the work."""
        rule = self.get_object()
        with telling(PlanNotAcceptable):
            remove_plan_coverage(coverage_id=rule.pk)
        return Response(status=204)


class PlanAllowanceViewSet(viewsets.ReadOnlyModelViewSet[PlanAllowance]):
    """Hours of plans: list, read, write anew, take out."""

    queryset = PlanAllowance.objects.prefetch_related("work_types")
    serializer_class = shapes.PlanAllowanceSerializer
    filterset_fields = ("revision",)
    action_permissions = {"update": CHANGE, "destroy": CHANGE}

    def update(self, request: Request, pk: str | None = None) -> Response:
        """Write hours of a revision in preparation anew."""
        allowance = self.get_object()
        written = _write_hours(request.data, allowance.revision_id, allowance.pk)
        return Response(self.get_serializer(written).data)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take hours out of a revision in preparation."""
        allowance = self.get_object()
        with telling(PlanNotAcceptable):
            remove_plan_allowance(allowance_id=allowance.pk)
        return Response(status=204)
