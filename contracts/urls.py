"""Addresses of the pages about contracts."""

from django.urls import path

from contracts.views import contracts, coverage, lines, plan_parts, plans, sales

app_name = "contracts"
urlpatterns = [
    path("", contracts.contracts, name="contracts"),
    path("new/", contracts.contract_create, name="contract-create"),
    path("<int:pk>/", contracts.contract, name="contract"),
    path("<int:pk>/edit/", contracts.contract_edit, name="contract-edit"),
    path("<int:pk>/end/", contracts.contract_end, name="contract-end"),
    path("<int:pk>/continue/", contracts.contract_continue, name="contract-continue"),
    path("<int:pk>/coverage/", coverage.coverage_edit, name="coverage-edit"),
    path("<int:pk>/coverage/rule/", coverage.coverage_rule, name="coverage-rule"),
    path("coverage/<int:pk>/end/", coverage.coverage_end, name="coverage-end"),
    path("coverage/<int:pk>/withdraw/", coverage.coverage_withdraw, name="coverage-withdraw"),
    path("<int:pk>/lines/new/", lines.line_add, name="line-add"),
    path("lines/<int:pk>/edit/", lines.line_edit, name="line-edit"),
    path("lines/<int:pk>/continue/", lines.line_continue, name="line-continue"),
    path("lines/<int:pk>/withdraw/", lines.line_withdraw, name="line-withdraw"),
    path("lines/<int:pk>/change/", lines.line_change, name="line-change"),
    path("lines/<int:pk>/end/", lines.line_end, name="line-end"),
    path("versions/<int:pk>/correct/", lines.version_correct, name="version-correct"),
    path("versions/<int:pk>/withdraw/", lines.version_withdraw, name="version-withdraw"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.plan_create, name="plan-create"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", plans.plan_edit, name="plan-edit"),
    path("plans/<int:pk>/revise/", plans.plan_revise, name="plan-revise"),
    path("plans/revisions/<int:pk>/", plans.revision, name="revision"),
    path("plans/revisions/<int:pk>/edit/", plans.revision_edit, name="revision-edit"),
    path("plans/revisions/<int:pk>/publish/", plans.revision_publish, name="revision-publish"),
    path("plans/revisions/<int:pk>/discard/", plans.revision_discard, name="revision-discard"),
    path("plans/revisions/<int:pk>/sell/", sales.plan_sell, name="plan-sell"),
    path("plans/revisions/<int:pk>/lines/new/", plan_parts.plan_line_add, name="plan-line-add"),
    path("plans/lines/<int:pk>/", plan_parts.plan_line_edit, name="plan-line-edit"),
    path("plans/lines/<int:pk>/remove/", plan_parts.plan_line_remove, name="plan-line-remove"),
    path("plans/revisions/<int:pk>/work/", plan_parts.plan_coverage, name="plan-coverage"),
    path(
        "plans/work/<int:pk>/remove/",
        plan_parts.plan_coverage_remove,
        name="plan-coverage-remove",
    ),
    path("plans/revisions/<int:pk>/hours/new/", plan_parts.plan_hours_add, name="plan-hours-add"),
    path("plans/hours/<int:pk>/", plan_parts.plan_hours_edit, name="plan-hours-edit"),
    path("plans/hours/<int:pk>/remove/", plan_parts.plan_hours_remove, name="plan-hours-remove"),
    path("of-client/<int:client_pk>/", contracts.of_client, name="of-client"),
]
