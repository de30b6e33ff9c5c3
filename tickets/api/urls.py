"""Addresses of tickets and work in the API."""

from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from tickets.api import (
    assignment_views,
    canned_views,
    checklist_views,
    clock_views,
    file_views,
    follower_views,
    link_views,
    mail_views,
    maintenance_views,
    rule_views,
    saved_view_views,
    schedule_views,
    template_views,
    timer_views,
    timesheet_views,
    views,
    work_views,
)

NOUNS: tuple[tuple[str, type[ViewSetMixin], str], ...] = (
    ("service-boards", views.ServiceBoardViewSet, "service-board"),
    ("ticket-statuses", views.TicketStatusViewSet, "ticket-status"),
    ("categories", views.CategoryViewSet, "category"),
    ("tickets", views.TicketViewSet, "ticket"),
    ("notes", views.NoteViewSet, "note"),
    ("checklist-items", checklist_views.ChecklistItemViewSet, "checklist-item"),
    ("ticket-followers", follower_views.TicketFollowerViewSet, "ticket-follower"),
    ("ticket-links", link_views.TicketLinkViewSet, "ticket-link"),
    ("ticket-merges", link_views.TicketMergeViewSet, "ticket-merge"),
    ("canned-replies", canned_views.CannedReplyViewSet, "canned-reply"),
    ("ticket-templates", template_views.TicketTemplateViewSet, "ticket-template"),
    ("saved-views", saved_view_views.SavedViewViewSet, "saved-view"),
    ("attachments", file_views.AttachmentViewSet, "attachment"),
    ("inbound-mails", mail_views.InboundMailViewSet, "inbound-mail"),
    ("outbound-mails", mail_views.OutboundMailViewSet, "outbound-mail"),
    ("mailboxes", mail_views.MailboxViewSet, "mailbox"),
    ("ratings", mail_views.RatingViewSet, "rating"),
    ("time-entries", work_views.TimeEntryViewSet, "time-entry"),
    ("parts-used", work_views.PartUsedViewSet, "part-used"),
    ("flat-rate-items", work_views.FlatRateItemViewSet, "flat-rate-item"),
    ("ticket-clocks", clock_views.TicketClockViewSet, "ticket-clock"),
    ("clock-stretches", clock_views.ClockStretchViewSet, "clock-stretch"),
    ("sla-verdicts", clock_views.VerdictViewSet, "sla-verdict"),
    ("sla-warnings", clock_views.WarningViewSet, "sla-warning"),
    ("sla-attainment", clock_views.AttainmentViewSet, "sla-attainment"),
    ("timers", timer_views.TimerViewSet, "timer"),
    ("timesheet-days", timesheet_views.TimesheetDayViewSet, "timesheet-day"),
    ("appointments", schedule_views.AppointmentViewSet, "appointment"),
    ("leave", schedule_views.LeaveViewSet, "leave"),
    ("calendar-feeds", schedule_views.CalendarFeedViewSet, "calendar-feed"),
    ("time-corrections", work_views.TimeCorrectionViewSet, "time-correction"),
    ("maintenance-plans", maintenance_views.MaintenancePlanViewSet, "maintenance-plan"),
    ("automation-rules", rule_views.AutomationRuleViewSet, "automation-rule"),
    ("rule-runs", rule_views.RuleRunViewSet, "rule-run"),
    ("skills", assignment_views.SkillViewSet, "skill"),
    ("technician-groups", assignment_views.TechnicianGroupViewSet, "technician-group"),
    ("tags", assignment_views.TagViewSet, "tag"),
    ("maintenance-visits", maintenance_views.MaintenanceVisitViewSet, "maintenance-visit"),
)


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    for prefix, views_of_noun, basename in NOUNS:
        router.register(prefix, views_of_noun, basename=basename)
