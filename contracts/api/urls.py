"""Addresses of contracts in the API."""

from rest_framework.routers import SimpleRouter

from contracts.api import (
    client_sla_views,
    hours_views,
    indexation_views,
    plan_views,
    setup_views,
    terms_views,
    version_views,
    views,
)


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("contracts", views.ContractViewSet, basename="contract")
    router.register("contract-lines", views.ContractLineViewSet, basename="contract-line")
    router.register("line-versions", version_views.LineVersionViewSet, basename="line-version")
    router.register("coverage-rules", views.CoverageRuleViewSet, basename="coverage-rule")
    router.register("contract-terms", terms_views.ContractTermViewSet, basename="contract-term")
    router.register("renewals", terms_views.RenewalViewSet, basename="renewal")
    router.register("contract-pauses", terms_views.PauseViewSet, basename="contract-pause")
    router.register("contract-decisions", terms_views.DecisionViewSet, basename="decision")
    router.register("price-indexes", indexation_views.IndexViewSet, basename="price-index")
    router.register(
        "indexation-clauses", indexation_views.ClauseViewSet, basename="indexation-clause"
    )
    router.register("indexations", indexation_views.IndexationViewSet, basename="indexation")
    router.register("plans", plan_views.ManagedPlanViewSet, basename="plan")
    router.register("plan-revisions", plan_views.PlanRevisionViewSet, basename="plan-revision")
    router.register("plan-lines", plan_views.PlanLineViewSet, basename="plan-line")
    router.register("plan-coverage", plan_views.PlanCoverageViewSet, basename="plan-coverage")
    router.register("plan-allowances", plan_views.PlanAllowanceViewSet, basename="plan-allowance")
    router.register("business-calendars", setup_views.CalendarViewSet, basename="business-calendar")
    router.register("calendar-days", setup_views.CalendarDayViewSet, basename="calendar-day")
    router.register("surcharges", setup_views.SurchargeViewSet, basename="surcharge")
    router.register("sla-policies", setup_views.PolicyViewSet, basename="sla-policy")
    router.register("allowances", hours_views.AllowanceViewSet, basename="allowance")
    router.register("prepaid-blocks", hours_views.PrepaidBlockViewSet, basename="prepaid-block")
    router.register("draw-weights", hours_views.DrawWeightViewSet, basename="draw-weight")
    router.register(
        "client-service-levels", client_sla_views.ClientSLAViewSet, basename="client-service-level"
    )
