"""What is done."""

from tickets.models.appointment import Appointment, CalendarFeed, Leave
from tickets.models.attachment import Attachment
from tickets.models.automation import (
    ActionOutcome,
    ActionReason,
    AutomationRule,
    RuleNotice,
    RuleOccurrence,
    RuleRun,
    RuleWhen,
    RunOutcome,
)
from tickets.models.board import ServiceBoard, StatusKind, TicketStatus
from tickets.models.canned import CannedReply
from tickets.models.checklist import ChecklistItem
from tickets.models.clock import (
    ClockStretch,
    Outcome,
    PromiseKind,
    PromiseSource,
    SLAVerdict,
    StretchCause,
    TicketClock,
    VerdictKind,
)
from tickets.models.correction import TimeCorrection
from tickets.models.draft import Draft, NewTicketDraft
from tickets.models.follower import FollowNotice, FollowSource, TicketFollower
from tickets.models.history import StatusChange
from tickets.models.link import LinkKind, TicketLink
from tickets.models.mail import (
    InboundMail,
    MailReason,
    MailState,
    OutboundKind,
    OutboundMail,
)
from tickets.models.mailbox import Mailbox, MailSecurity
from tickets.models.maintenance import MaintenancePlan, MaintenanceVisit
from tickets.models.merge import TicketMerge
from tickets.models.note import Note, NoteSource
from tickets.models.rating import Rating, RatingChannel, Score
from tickets.models.reading import ReadingStart, ReadMark
from tickets.models.skill import (
    CategorySkill,
    GroupMember,
    Level,
    PersonSkill,
    Skill,
    TechnicianGroup,
)
from tickets.models.tag import Tag, TicketTag
from tickets.models.template import TicketTemplate
from tickets.models.ticket import BillingMode, ContractChoice, Priority, Ticket
from tickets.models.timer import Timer
from tickets.models.timesheet import DayStatus, TimesheetDay
from tickets.models.view import DefaultView, Layout, SavedView
from tickets.models.warning import SLAWarning, WarningState
from tickets.models.work import FlatRateItem, PartUsed, TimeEntry, Waiver
from tickets.models.working_hours import WorkingHours

__all__ = [
    "ActionOutcome",
    "ActionReason",
    "Appointment",
    "Attachment",
    "AutomationRule",
    "BillingMode",
    "CalendarFeed",
    "CannedReply",
    "CategorySkill",
    "ChecklistItem",
    "ClockStretch",
    "ContractChoice",
    "DayStatus",
    "DefaultView",
    "Draft",
    "FlatRateItem",
    "FollowNotice",
    "FollowSource",
    "GroupMember",
    "InboundMail",
    "Layout",
    "Leave",
    "Level",
    "LinkKind",
    "MailReason",
    "MailSecurity",
    "MailState",
    "Mailbox",
    "MaintenancePlan",
    "MaintenanceVisit",
    "NewTicketDraft",
    "Note",
    "NoteSource",
    "OutboundKind",
    "OutboundMail",
    "Outcome",
    "PartUsed",
    "PersonSkill",
    "Priority",
    "PromiseKind",
    "PromiseSource",
    "Rating",
    "RatingChannel",
    "ReadMark",
    "ReadingStart",
    "RuleNotice",
    "RuleOccurrence",
    "RuleRun",
    "RuleWhen",
    "RunOutcome",
    "SLAVerdict",
    "SLAWarning",
    "SavedView",
    "Score",
    "ServiceBoard",
    "Skill",
    "StatusChange",
    "StatusKind",
    "StretchCause",
    "Tag",
    "TechnicianGroup",
    "Ticket",
    "TicketClock",
    "TicketFollower",
    "TicketLink",
    "TicketMerge",
    "TicketStatus",
    "TicketTag",
    "TicketTemplate",
    "TimeCorrection",
    "TimeEntry",
    "Timer",
    "TimesheetDay",
    "VerdictKind",
    "Waiver",
    "WarningState",
    "WorkingHours",
]
