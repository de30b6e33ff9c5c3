"""Previews for programs: the next invoice, another plan, the effect of a change, what waits."""

from datetime import date
from typing import Any, cast

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.api import preview_serializers as serializers
from billing.api.rehearsing import Change, effect_of
from billing.models import Charge
from billing.queries.billing_days import next_billing_day
from billing.queries.decisions import undecided
from billing.upcoming import Upcoming, next_invoice, next_invoice_shown
from billing.what_if import Question, what_if
from clients.models import Client, LegalEntity
from clients.models.client import ClientQuerySet
from core.api.refusals import telling
from core.periods import Period, add_months
from tickets.models import TimeEntry
from tickets.operations.choose_contract import choose_contract
from tickets.refusals import Refusal

SEE_CHARGES = "billing.view_charge"
DECIDE = "tickets.change_timeentry"
AS_OF = OpenApiParameter(
    "as_of_on", OpenApiTypes.DATE, description="the client's next billing day where left out"
)


class NextInvoiceViewSet(viewsets.GenericViewSet[Charge]):
    """A client's next invoice so far, by the client's key; nothing is written.

    A contact who may see invoices sees their own client's, where the firm shows it: as of the next
    billing day, without what waits for a person.
    """

    queryset = Charge.objects.all()
    serializer_class = serializers.NextInvoiceSerializer
    portal_permission = "accounts.use_portal_invoices"

    @extend_schema(parameters=[AS_OF])
    def retrieve(self, request: Request, pk: int) -> Response:
        """Return what would be billed to the client as of a day, as things are now."""
        client = _clients_with_money(request).filter(pk=pk).first()
        if client is None:
            raise Http404
        found = self._upcoming(request, client)
        if found is None:
            raise Http404
        return Response(self.get_serializer({"client": client, "upcoming": found}).data)

    def _upcoming(self, request: Request, client: Client) -> Upcoming | None:
        values = _checked(serializers.AsOfSerializer(data=request.query_params))
        entity = LegalEntity.objects.current()
        if not cast(User, request.user).is_firm_staff:
            today = timezone.localdate(timezone=entity.zone)
            return next_invoice_shown(client, entity, today)
        as_of = values.get("as_of_on") or _next_day(client, entity)
        return next_invoice(client, entity, as_of)


class WhatIfViewSet(viewsets.GenericViewSet[Charge]):
    """Past months on another plan, month by month and entry by entry; nothing is written."""

    queryset = Charge.objects.all()
    serializer_class = serializers.WhatIfSerializer
    action_permissions = {"create": SEE_CHARGES}

    @extend_schema(
        request=serializers.WhatIfQuestionSerializer,
        responses={200: serializers.WhatIfSerializer},
    )
    def create(self, request: Request) -> Response:
        """Return what a client would have paid on a plan, beside what they do pay."""
        given = _checked(serializers.WhatIfQuestionSerializer(data=request.data))
        first = given["first_on"].replace(day=1)
        question = Question(
            client=_visible(request, [given["client"]])[0],
            revision_id=given["revision"].pk,
            period=Period(first, add_months(first, given["months"])),
            quantities={
                one["plan_line"].pk: one["quantity"] for one in given.get("quantities", ())
            },
        )
        answer = what_if(question, LegalEntity.objects.current())
        return Response(self.get_serializer(answer).data)


class EffectViewSet(viewsets.GenericViewSet[Charge]):
    """The exact charges and credits that a change would cause, before it is made.

    The change is a request to this API, about contracts, tickets or the catalog. It is made for
    real, with your own permissions, the engine is asked before and after, and all is taken back.
    What the request itself refuses is answered as it would be.
    """

    queryset = Charge.objects.all()
    serializer_class = serializers.EffectSerializer
    action_permissions = {"create": SEE_CHARGES}

    @extend_schema(
        request=serializers.EffectQuestionSerializer,
        responses={200: serializers.EffectSerializer},
    )
    def create(self, request: Request) -> Response:
        """Try a change and return what it would cause; nothing is written."""
        given = _checked(serializers.EffectQuestionSerializer(data=request.data))
        clients = _visible(request, given["clients"])
        change = Change(**given["change"])
        entity = LegalEntity.objects.current()
        as_of = given.get("as_of_on") or _next_day(clients[0], entity)
        found = effect_of(change, request, clients, as_of)
        if isinstance(found, Response):
            return Response(found.data, status=found.status_code)
        return Response(self.get_serializer(found).data)


class DecisionViewSet(viewsets.GenericViewSet[TimeEntry]):
    """Work whose payer a person must name: list with the candidates, decide."""

    queryset = TimeEntry.objects.all()
    serializer_class = serializers.UndecidedSerializer
    filter_backends = ()
    action_permissions = {"list": DECIDE, "decide": DECIDE}

    @extend_schema(responses=serializers.UndecidedSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return the work that waits, the oldest first."""
        entity = LegalEntity.objects.current()
        today = timezone.localdate(timezone=entity.zone)
        rows = undecided(_clients(request), entity, today)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        request=serializers.DecisionSerializer, responses={200: serializers.DecidedSerializer}
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: int) -> Response:
        """Let a contract, or none, pay for an entry or for all work on its ticket."""
        rows = TimeEntry.objects.visible_to(cast(User, request.user)).select_related("ticket")
        entry = rows.filter(pk=pk).first()
        if entry is None:
            raise Http404
        given = _checked(serializers.DecisionSerializer(data=request.data))
        with telling(Refusal):
            choose_contract(
                ticket_id=entry.ticket_id,
                entry_id=None if given["for_whole_ticket"] else entry.pk,
                choice="contract" if given["contract"] else "none",
                contract_id=given["contract"],
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(serializers.DecidedSerializer(rows.get(pk=pk)).data)


def _clients(request: Request) -> ClientQuerySet:
    return Client.objects.visible_to(cast(User, request.user))


def _clients_with_money(request: Request) -> ClientQuerySet:
    return Client.objects.with_money_visible_to(cast(User, request.user))


def _visible(request: Request, clients: list[Client]) -> list[Client]:
    """Return the clients.

    :raises Http404: one of them is not this person's to see
    """
    asked = {client.pk for client in clients}
    found = list(_clients(request).filter(pk__in=asked).order_by("pk"))
    if len(found) != len(asked):
        raise Http404
    return found


def _next_day(client: Client, entity: LegalEntity) -> date:
    return next_billing_day(client, timezone.localdate(timezone=entity.zone))


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
