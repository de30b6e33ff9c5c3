"""The lists of this room."""

import django_filters
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from billing.lists import ClientFilter, clients_of
from collecting.models import (
    Dispute,
    DisputeState,
    Level,
    ReminderNotice,
    ReminderPlan,
    ReminderStep,
)
from collecting.queries.late import LateAccount
from collecting.queries.worklist import Call
from core.addresses import address_of
from core.listing import Column, Empty, Listing


class DisputeFilter(django_filters.FilterSet):
    """By where they stand and whose they are."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=DisputeState.choices)
    client = ClientFilter(field_name="invoice__client", label=_("Client"), queryset=clients_of)

    class Meta:
        model = Dispute
        fields = ["state", "client"]


def whose_turn(dispute: Dispute) -> str:
    """Say who has to act in an open dispute: whoever did not speak last."""
    if not dispute.is_open:
        return ""
    return __("ours") if getattr(dispute, "is_our_turn", True) else __("the client's")


DISPUTES = Listing[Dispute](
    name="disputes",
    columns=[
        Column("line", _("Line"), "line.description", link=True, sort="line__description"),
        Column("invoice", _("Invoice"), "invoice.number", sort="invoice__number"),
        Column("client", _("Client"), "invoice.client.name", sort="invoice__client__name"),
        Column("ground", _("What is wrong"), "get_ground_display", phone="hidden"),
        Column("net", _("Net"), "line.amount", kind="money", sort="line__amount"),
        Column("turn", _("Turn"), whose_turn, sort="is_our_turn"),
        Column("opened_at", _("Opened"), kind="day", sort="opened_at"),
        Column("last_at", _("Last said"), kind="ago", sort="last_at", phone="hidden"),
        Column("state", _("State"), cell="collecting/cells.html#state", sort="state", phone="side"),
    ],
    order="opened_at",
    search=["invoice__number", "invoice__client__name", "line__description"],
    filters=DisputeFilter,
    currency="invoice.currency",
    empty=Empty(
        _("No line is disputed"),
        _("Clients dispute a line on its invoice in the portal; here they are answered."),
        "circle-check",
    ),
)


def state_of(notice: ReminderNotice) -> str:
    """Say how far a reminder is."""
    if notice.sent_at:
        return __("sent")
    return __("dropped") if notice.dropped_at else __("waiting")


class ReminderFilter(django_filters.FilterSet):
    """By whose they are, how they sound and how far they are."""

    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices)
    client = ClientFilter(label=_("Client"), queryset=clients_of)

    class Meta:
        model = ReminderNotice
        fields = ["level", "client"]


REMINDERS = Listing[ReminderNotice](
    name="reminders",
    columns=[
        Column("client", _("Client"), "client.name", link=True, sort="client__name"),
        Column("level", _("Level"), "get_level_display", sort="level"),
        Column("decided_at", _("Decided"), kind="day", sort="decided_at"),
        Column("sent_at", _("Sent"), kind="moment", sort="sent_at"),
        Column("recipients", _("Sent to"), phone="hidden"),
        Column("state", _("State"), state_of, cell="collecting/cells.html#notice", phone="side"),
    ],
    order="-decided_at",
    search=["client__name", "client__code", "lines__invoice__number"],
    filters=ReminderFilter,
    empty=Empty(
        _("No reminder has gone yet"),
        _("The worker reminds clients by their plan; the preview shows what would go today."),
        "mail",
        "collecting:preview",
        _("Preview"),
        "collecting.view_remindernotice",
    ),
)


def days_of(plan: ReminderPlan) -> str:
    """Say when which level of a plan is due."""
    steps: list[ReminderStep] = list(plan.steps.all())
    return " · ".join(
        __("%(level)s %(days)s days late") % {"level": one.get_level_display(), "days": one.days}
        for one in steps
    )


PLANS = Listing[ReminderPlan](
    name="reminder-plans",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("days", _("Levels"), days_of),
        Column("grace_days", _("Grace"), kind="number", phone="hidden"),
        Column("days_between", _("Days between"), kind="number", phone="hidden"),
        Column("is_default", _("For every client"), kind="flag"),
        Column("own_clients", _("Clients of its own"), kind="number", sort="own_clients"),
    ],
    order="name",
    search=["name"],
    empty=Empty(
        _("No reminder plan yet"),
        _("Without one no client is reminded. Write the first: its days and words are filled in."),
        "calendar-due",
        "collecting:plan-create",
        _("New reminder plan"),
        "collecting.add_reminderplan",
    ),
)
LATE = Listing[LateAccount](
    name="late",
    columns=[
        Column("client", _("Client"), "client.name", link=True, sort=True),
        Column("invoices", _("Invoices"), lambda row: len(row.claimable), kind="number"),
        Column("interest", _("Interest"), kind="money", total=True, phone="hidden"),
        Column("fees", _("Recovery costs"), kind="money", total=True, phone="hidden"),
        Column("total", _("Together"), kind="money", sort=True, total=True, phone="side"),
    ],
    search=["client.name", "client.code"],
    currency="currency",
    row_url=lambda row: address_of("collecting:late-of-client", row.client.pk),
    empty=Empty(
        _("Nothing is to be claimed"),
        _("No invoice was paid late, or all its days are claimed already."),
        "circle-check",
    ),
)
CALLS = Listing[Call](
    name="calls",
    columns=[
        Column("client", _("Client"), "client.name", link=True, sort=True),
        Column("owed", _("Overdue"), kind="money", sort=True, total=True, phone="side"),
        Column("disputed", _("of it disputed"), kind="money", total=True, phone="hidden"),
        Column("days_late", _("Oldest, days late"), kind="number", sort=True),
        Column("invoices", _("Invoices"), kind="number", phone="hidden"),
        Column("level", _("Last reminder"), phone="hidden"),
        Column("promise", _("Promise"), cell="collecting/cells.html#promise"),
        Column("next_contact_on", _("Next contact"), kind="day", sort=True),
        Column("last_note", _("Last note"), cell="collecting/cells.html#note", phone="hidden"),
    ],
    search=["client.name", "client.code", "last_note"],
    currency="currency",
    row_url=lambda row: address_of("collecting:client", row.client.pk),
    empty=Empty(_("Nobody is to be called"), _("No invoice is overdue."), "circle-check"),
)
