"""Addresses of tickets and work in the API."""

from rest_framework.routers import SimpleRouter

from tickets.api import (
    canned_views,
    checklist_views,
    clock_views,
    file_views,
    link_views,
    mail_views,
    maintenance_views,
    timer_views,
    timesheet_views,
    views,
    work_views,
)


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("service-boards", views.ServiceBoardViewSet, basename="service-board")
    router.register("ticket-statuses", views.TicketStatusViewSet, basename="ticket-status")
    router.register("categories", views.CategoryViewSet, basename="category")
    router.register("tickets", views.TicketViewSet, basename="ticket")
    router.register("notes", views.NoteViewSet, basename="note")
    router.register(
        "checklist-items", checklist_views.ChecklistItemViewSet, basename="checklist-item"
    )
    router.register("ticket-links", link_views.TicketLinkViewSet, basename="ticket-link")
    router.register("ticket-merges", link_views.TicketMergeViewSet, basename="ticket-merge")
    router.register("canned-replies", canned_views.CannedReplyViewSet, basename="canned-reply")
    router.register("attachments", file_views.AttachmentViewSet, basename="attachment")
    router.register("inbound-mails", mail_views.InboundMailViewSet, basename="inbound-mail")
    router.register("outbound-mails", mail_views.OutboundMailViewSet, basename="outbound-mail")
    router.register("mailboxes", mail_views.MailboxViewSet, basename="mailbox")
    router.register("ratings", mail_views.RatingViewSet, basename="rating")
    router.register("time-entries", work_views.TimeEntryViewSet, basename="time-entry")
    router.register("parts-used", work_views.PartUsedViewSet, basename="part-used")
    router.register("flat-rate-items", work_views.FlatRateItemViewSet, basename="flat-rate-item")
    router.register("ticket-clocks", clock_views.TicketClockViewSet, basename="ticket-clock")
    router.register("clock-stretches", clock_views.ClockStretchViewSet, basename="clock-stretch")
    router.register("sla-verdicts", clock_views.VerdictViewSet, basename="sla-verdict")
    router.register("sla-warnings", clock_views.WarningViewSet, basename="sla-warning")
    router.register("sla-attainment", clock_views.AttainmentViewSet, basename="sla-attainment")
    router.register("timers", timer_views.TimerViewSet, basename="timer")
    days = timesheet_views.TimesheetDayViewSet
    router.register("timesheet-days", days, basename="timesheet-day")
    router.register(
        "time-corrections", work_views.TimeCorrectionViewSet, basename="time-correction"
    )
    plans = maintenance_views.MaintenancePlanViewSet
    router.register("maintenance-plans", plans, basename="maintenance-plan")
    visits = maintenance_views.MaintenanceVisitViewSet
    router.register("maintenance-visits", visits, basename="maintenance-visit")
