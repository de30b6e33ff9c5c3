"""Addresses of the pages about contracts."""

from django.urls import path

from contracts.views import contracts, coverage, lines

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
    path("of-client/<int:client_pk>/", contracts.of_client, name="of-client"),
]
