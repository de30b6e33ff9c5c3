"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from psa.back_office import close_side_doors
from psa.views import home, mails, preferences, search, setup

close_side_doors()

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("language/", preferences.language, name="language"),
    path("appearance/", preferences.appearance, name="appearance"),
    path("setup/link/<str:token>/", setup.link, name="setup-link"),
    path("setup/done/", setup.done, name="setup-done"),
    path("setup/<slug:name>/", setup.step, name="setup-step"),
    path("accounts/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("api/", include("psa.api.urls")),
    path("billing/", include("billing.urls")),
    path("collecting/", include("collecting.urls")),
    path("ledger/", include("ledger.urls")),
    path("debits/", include("payments.urls")),
    path("online/", include("payments.online_urls")),
    path("dashboards/", include("dashboards.urls")),
    path("tickets/", include("tickets.urls")),
    path("time/", include("tickets.time_urls")),
    path("dispatch/", include("tickets.dispatch_urls")),
    path("maintenance/", include("tickets.maintenance_urls")),
    path("automation/", include("tickets.automation_urls")),
    path("portal/", include("portal.urls")),
    path("clients/", include("clients.urls")),
    path("contracts/", include("contracts.urls")),
    path("catalog/", include("catalog.urls")),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("admin/", admin.site.urls),
]
