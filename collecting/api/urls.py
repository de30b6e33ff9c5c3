"""Addresses of collecting in the API."""

from rest_framework.routers import SimpleRouter

from collecting.api import late_views, reminder_views, statement_views, views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("disputes", views.DisputeViewSet, basename="dispute")
    router.register("reminder-plans", reminder_views.PlanViewSet, basename="reminder-plan")
    router.register("reminders", reminder_views.NoticeViewSet, basename="reminder")
    router.register("reminder-holds", reminder_views.HoldViewSet, basename="reminder-hold")
    router.register("payment-promises", reminder_views.PromiseViewSet, basename="payment-promise")
    router.register("contact-notes", reminder_views.NoteViewSet, basename="contact-note")
    router.register("collecting-terms", reminder_views.TermsViewSet, basename="collecting-terms")
    router.register("late-charges", late_views.LateChargeViewSet, basename="late-charge")
    router.register("late-rates", late_views.LateRateViewSet, basename="late-rate")
    router.register("late-terms", late_views.LateTermsViewSet, basename="late-terms")
    router.register("calls", reminder_views.CallViewSet, basename="call")
    router.register(
        "account-statements", statement_views.StatementViewSet, basename="account-statement"
    )
