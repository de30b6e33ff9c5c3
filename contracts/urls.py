"""Addresses of the pages about contracts."""

from django.urls import path

from contracts.views import contracts, lines

app_name = "contracts"
urlpatterns = [
    path("", contracts.contracts, name="contracts"),
    path("new/", contracts.contract_create, name="contract-create"),
    path("<int:pk>/", contracts.contract, name="contract"),
    path("<int:pk>/edit/", contracts.contract_edit, name="contract-edit"),
    path("<int:pk>/end/", contracts.contract_end, name="contract-end"),
    path("<int:pk>/continue/", contracts.contract_continue, name="contract-continue"),
    path("<int:pk>/coverage/", contracts.coverage_edit, name="coverage-edit"),
    path("<int:pk>/lines/new/", lines.line_add, name="line-add"),
    path("lines/<int:pk>/change/", lines.line_change, name="line-change"),
    path("lines/<int:pk>/end/", lines.line_end, name="line-end"),
    path("versions/<int:pk>/correct/", lines.version_correct, name="version-correct"),
    path("versions/<int:pk>/withdraw/", lines.version_withdraw, name="version-withdraw"),
    path("of-client/<int:client_pk>/", contracts.of_client, name="of-client"),
]
