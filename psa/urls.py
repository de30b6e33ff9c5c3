"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from psa.views import home, preferences, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("language/", preferences.language, name="language"),
    path("appearance/", preferences.appearance, name="appearance"),
    path("accounts/", include("accounts.sign_in_urls")),
    path("api/", include("psa.api.urls")),
    path("dashboards/", include("dashboards.urls")),
    path("portal/", include("portal.urls")),
    path("admin/", admin.site.urls),
]
