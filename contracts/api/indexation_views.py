"""Price indexes and increases, for programs: clauses, the list of what is due, decisions."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from contracts.api import indexation_serializers as shapes
from contracts.indexing import due_clause_ids, due_steps, with_parts
from contracts.models import Indexation, IndexationClause, IndexTable
from contracts.operations._indexation import IndexationNotPossible
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.import_index_values import import_index_values
from contracts.operations.leave_out_indexation import leave_out_indexation
from contracts.operations.set_index_base import set_index_base
from contracts.operations.undo_indexation import undo_indexation
from core.api.refusals import telling

CHANGE = "contracts.change_contract"
CHANGE_INDEX = "contracts.change_indextable"
MOST_CLAUSES = 100
WRITTEN = ("get", "post", "patch", "head", "options")


class IndexViewSet(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[IndexTable]
):
    """Price indexes and their monthly values."""

    http_method_names = WRITTEN
    queryset = IndexTable.objects.all()
    serializer_class = shapes.IndexSerializer
    filterset_fields = ("name",)
    action_permissions = {"enter_values": CHANGE_INDEX}

    @extend_schema(responses=shapes.IndexValueSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def values(self, request: Request, pk: str | None = None) -> Response:
        """Return the values of the index, the latest month first."""
        rows = self.get_object().values.order_by("-month_on")
        return Response(shapes.IndexValueSerializer(rows, many=True).data)

    @extend_schema(request=shapes.IndexValuesSerializer, responses=shapes.ImportedSerializer)
    @values.mapping.post
    def enter_values(self, request: Request, pk: str | None = None) -> Response:
        """Enter values; with one wrong value nothing is saved."""
        index = self.get_object()
        rows = _checked(shapes.IndexValuesSerializer(data=request.data))["values"]
        values = {row["month_on"].replace(day=1): row["value"] for row in rows}
        done = import_index_values(table_id=index.pk, values=values)
        return Response(shapes.ImportedSerializer(done).data)


class ClauseViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[IndexationClause],
):
    """How prices of contracts rise: list, read, agree, change for the steps to come."""

    http_method_names = WRITTEN
    queryset = IndexationClause.objects.all()
    serializer_class = shapes.ClauseSerializer
    filterset_fields = ("contract", "contract__client", "kind", "table")
    action_permissions = {"base": "contracts.change_indexationclause"}

    def get_queryset(self) -> QuerySet[Any]:
        """Return what this person may see."""
        found = IndexationClause.objects.visible_to(cast(User, self.request.user))
        return found.prefetch_related("bases")

    @extend_schema(request=shapes.BaseSerializer, responses=shapes.ClauseSerializer)
    @action(detail=True, methods=["post"])
    def base(self, request: Request, pk: str | None = None) -> Response:
        """Say from which price and value the steps of a line start anew."""
        clause = self.get_object()
        values = _checked(shapes.BaseSerializer(data=request.data))
        line = values.pop("line")
        with telling(IndexationNotPossible):
            set_index_base(
                clause_id=clause.pk, line_id=line.pk, actor=cast(User, request.user), **values
            )
        return Response(self.get_serializer(self.get_queryset().get(pk=clause.pk)).data)


class IndexationViewSet(viewsets.ReadOnlyModelViewSet[Indexation]):
    """Increases: what is due and worked out, what was decided; apply, leave out, undo."""

    queryset = Indexation.objects.all()
    serializer_class = shapes.IndexationSerializer
    filterset_fields = ("contract", "contract__client", "clause", "is_applied")
    action_permissions = dict.fromkeys(("apply", "leave_out", "destroy"), CHANGE)

    def get_queryset(self) -> QuerySet[Any]:
        """Return what this person may see."""
        return Indexation.objects.visible_to(cast(User, self.request.user))

    @extend_schema(parameters=[shapes.UntilSerializer], responses=shapes.DueStepsSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def due(self, request: Request) -> Response:
        """Return the undecided steps through a day, each on top of those before."""
        asked = _checked(shapes.UntilSerializer(data=request.query_params))
        until = asked.get("until") or timezone.localdate()
        visible = IndexationClause.objects.visible_to(cast(User, request.user))
        if "contract" in asked:
            visible = visible.filter(contract=asked["contract"])
        ids = due_clause_ids(visible, until)
        clauses = with_parts(IndexationClause.objects.filter(pk__in=ids[:MOST_CLAUSES]))
        steps = due_steps(clauses, until)
        beyond = max(0, len(ids) - MOST_CLAUSES)
        answer = {"until": until, "beyond": beyond, "steps": steps}
        return Response(shapes.DueStepsSerializer(answer).data)

    @extend_schema(request=shapes.ApplySerializer, responses={201: shapes.IndexationSerializer})
    @action(detail=False, methods=["post"])
    def apply(self, request: Request) -> Response:
        """Give the lines of a clause the price of its next step."""
        values = _checked(shapes.ApplySerializer(data=request.data))
        return self._decided(apply_indexation, request, values)

    @extend_schema(request=shapes.StepSerializer, responses={201: shapes.IndexationSerializer})
    @action(detail=False, methods=["post"], url_path="leave-out")
    def leave_out(self, request: Request) -> Response:
        """Write down that prices do not rise by the clause's next step."""
        values = _checked(shapes.StepSerializer(data=request.data))
        return self._decided(leave_out_indexation, request, values)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take the last decision of a clause back; the step is to be decided again."""
        step = self.get_object()
        with telling(IndexationNotPossible):
            undo_indexation(indexation_id=step.pk)
        return Response(status=204)

    def _decided(self, decide: Any, request: Request, values: dict[str, Any]) -> Response:  # noqa: ANN401  (either operation)
        clause = values.pop("clause")
        with telling(IndexationNotPossible):
            made = decide(clause_id=clause.pk, actor=cast(User, request.user), **values)
        return Response(self.get_serializer(made).data, status=201)


def _checked(given: "serializers.BaseSerializer[Any]") -> dict[str, Any]:
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
