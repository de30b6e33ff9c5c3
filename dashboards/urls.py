"""Addresses of the dashboards."""

from django.urls import path

from dashboards.views import overview, rows

app_name = "dashboards"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("recurring/", rows.recurring, name="recurring"),
    path("revenue/", rows.revenue, name="revenue"),
]
