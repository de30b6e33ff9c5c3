"""What is done."""

from tickets.models.attachment import Attachment
from tickets.models.board import ServiceBoard, StatusKind, TicketStatus
from tickets.models.correction import TimeCorrection
from tickets.models.history import StatusChange
from tickets.models.note import Note
from tickets.models.ticket import BillingMode, ContractChoice, Priority, Ticket
from tickets.models.work import FlatRateItem, PartUsed, TimeEntry, Waiver

__all__ = [
    "Attachment",
    "BillingMode",
    "ContractChoice",
    "FlatRateItem",
    "Note",
    "PartUsed",
    "Priority",
    "ServiceBoard",
    "StatusChange",
    "StatusKind",
    "Ticket",
    "TicketStatus",
    "TimeCorrection",
    "TimeEntry",
    "Waiver",
]
