"""What a desk does in one go, for programs: answer with time and status, take the next."""

from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response as Answer
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from catalog.models import WorkType
from core.api.refusals import telling
from tickets.api.serializers import TicketSerializer
from tickets.domain.work import Response, TimeWorked
from tickets.models import Ticket, TicketStatus
from tickets.operations.mark_unread import mark_unread
from tickets.operations.read_all import read_all
from tickets.operations.respond import respond
from tickets.operations.retag_ticket import retag_ticket
from tickets.operations.take_next_ticket import take_next_ticket
from tickets.queries.unread import latest_news
from tickets.refusals import Refusal

LONGEST_MINUTES = 1440
LARGEST_NUMBER = 2**63 - 1


class ResponseSerializer(serializers.Serializer[Any]):
    """An answer, time and a new status, saved together or not at all.

    ``sheet`` is a name of the sender's choice: the same one is saved once, however often it comes.
    """

    body = serializers.CharField(default="", allow_blank=True)
    is_public = serializers.BooleanField(default=True)
    work_type = serializers.PrimaryKeyRelatedField(queryset=WorkType.objects.all(), required=False)
    minutes = serializers.IntegerField(min_value=1, max_value=LONGEST_MINUTES, required=False)
    worked_on = serializers.DateField(required=False)
    status = serializers.PrimaryKeyRelatedField(queryset=TicketStatus.objects.all(), required=False)
    sheet = serializers.CharField(max_length=32, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for both halves of time.

        :raises serializers.ValidationError: there are minutes without a work type, or the reverse
        """
        for given, missing in (("minutes", "work_type"), ("work_type", "minutes")):
            if given in attrs and missing not in attrs:
                raise serializers.ValidationError({missing: _("This is missing.")})
        return attrs

    @property
    def response(self) -> Response:
        """What was said and done, as the operation takes it."""
        said = self.validated_data
        time = None
        if "minutes" in said:
            time = TimeWorked(
                work_type_id=said["work_type"].pk,
                minutes=said["minutes"],
                worked_on=said.get("worked_on"),
            )
        status = said.get("status")
        return Response(
            body=said["body"],
            is_public=said["is_public"],
            time=time,
            status_id=status and status.pk,
        )


class TagsSerializer(serializers.Serializer[Any]):
    """Tags to put on and to take off; the answer names all that are on the ticket then."""

    add = serializers.ListField(child=serializers.CharField(), default=list, write_only=True)
    remove = serializers.ListField(child=serializers.CharField(), default=list, write_only=True)
    tags = serializers.ListField(child=serializers.CharField(), read_only=True)


class NewsSerializer(serializers.Serializer[Any]):
    """The number of a piece of news; every change of a ticket is one."""

    number = serializers.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


class AllReadSerializer(serializers.Serializer[Any]):
    """Up to which news everything is read; left out, all that is there."""

    number = serializers.IntegerField(min_value=0, max_value=LARGEST_NUMBER, required=False)


class DeskActions(GenericViewSet[Ticket]):
    """What is done at the desk in one go."""

    action_permissions = {
        "respond": "tickets.add_timeentry",
        "take_next": "tickets.change_ticket",
        "tags": "tickets.change_ticket",
        "unread": "tickets.change_ticket",
        "news": "tickets.view_ticket",
        "all_read": "tickets.view_ticket",
    }

    @extend_schema(request=ResponseSerializer, responses={201: TicketSerializer})
    @action(detail=True, methods=["post"])
    def respond(self, request: Request, pk: str | None = None) -> Answer:
        """Answer, log time and move on, all together."""
        found = self.get_object()
        said = ResponseSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        with telling(Refusal):
            ticket = respond(
                ticket_id=found.pk,
                response=said.response,
                actor=cast(User, request.user),
                now=timezone.now(),
                sheet=said.validated_data["sheet"],
            )
        return Answer(self.get_serializer(ticket).data, status=201)

    @extend_schema(request=TagsSerializer, responses={200: TagsSerializer})
    @action(detail=True, methods=["post"])
    def tags(self, request: Request, pk: str | None = None) -> Answer:
        """Put tags on a ticket and take some off."""
        found = self.get_object()
        said = TagsSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        with telling(Refusal):
            ticket = retag_ticket(
                ticket_id=found.pk,
                actor=cast(User, request.user),
                now=timezone.now(),
                **said.validated_data,
            )
        return Answer({"tags": [tag.name for tag in ticket.tags.all()]})

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def unread(self, request: Request, pk: str | None = None) -> Answer:
        """Let a ticket stand out in one's lists until one opens it again."""
        mark_unread(ticket_id=self.get_object().pk, actor=cast(User, request.user))
        return Answer(status=204)

    @extend_schema(responses={200: NewsSerializer})
    @action(detail=False, methods=["get"], url_path="all-read")
    def news(self, request: Request) -> Answer:
        """Tell the number of the latest news, to be kept until what follows it was shown."""
        return Answer({"number": latest_news()})

    @extend_schema(request=AllReadSerializer, responses={200: NewsSerializer})
    @news.mapping.post
    def all_read(self, request: Request) -> Answer:
        """Call all tickets read up to some news; the answer tells how far one has read now."""
        said = AllReadSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        latest = latest_news()
        number = min(said.validated_data.get("number", latest), latest)
        return Answer({"number": read_all(actor=cast(User, request.user), number=number)})

    @extend_schema(request=None, responses={200: TicketSerializer, 204: None})
    @action(detail=False, methods=["post"], url_path="take-next")
    def take_next(self, request: Request) -> Answer:
        """Take the next ticket that nobody has; no content where there is none."""
        ticket = take_next_ticket(actor=cast(User, request.user), now=timezone.now())
        if ticket is None:
            return Answer(status=204)
        return Answer(self.get_serializer(ticket).data)
