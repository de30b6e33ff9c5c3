"""Every address of the API, and the page that describes them."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from billing.api.urls import register as billing
from catalog.api.urls import register as catalog
from clients.api.urls import register as clients
from collecting.api.urls import register as collecting
from contracts.api.urls import register as contracts
from ledger.api.urls import register as ledger
from payments.api.urls import register as payments
from psa.api.search import SearchViewSet
from tickets.api.urls import register as tickets

router = DefaultRouter()
for register in (clients, catalog, contracts, tickets, billing, collecting, ledger, payments):
    register(router)
router.register("search", SearchViewSet, basename="search")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        login_required(SpectacularSwaggerSplitView.as_view(url_name="api:schema")),
        name="docs",
    ),
]
