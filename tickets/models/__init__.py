"""What is done."""

from tickets.models.board import Category, ServiceBoard, StatusKind, TicketStatus
from tickets.models.history import StatusChange
from tickets.models.note import Note
from tickets.models.ticket import BillingMode, Priority, Ticket
from tickets.models.work import FlatRateItem, PartUsed, TimeEntry

__all__ = [
    "BillingMode",
    "Category",
    "FlatRateItem",
    "Note",
    "PartUsed",
    "Priority",
    "ServiceBoard",
    "StatusChange",
    "StatusKind",
    "Ticket",
    "TicketStatus",
    "TimeEntry",
]
