"""Addresses of the pages of the catalog."""

from django.urls import path

from catalog.views import products, rates, roles, zones

app_name = "catalog"
urlpatterns = [
    path("", products.products, name="products"),
    path("new/", products.product_create, name="product-create"),
    path("<int:pk>/edit/", products.product_edit, name="product-edit"),
    path("work-types/", products.work_types, name="work-types"),
    path("work-types/new/", products.work_type_create, name="work-type-create"),
    path("work-types/<int:pk>/edit/", products.work_type_edit, name="work-type-edit"),
    path("rate-cards/", rates.rate_cards, name="rate-cards"),
    path("rate-cards/new/", rates.rate_card_create, name="rate-card-create"),
    path("rate-cards/<int:pk>/", rates.rate_card, name="rate-card"),
    path("rate-cards/<int:pk>/edit/", rates.rate_card_edit, name="rate-card-edit"),
    path("rate-cards/<int:pk>/rates/new/", rates.rate_set, name="rate-set"),
    path("rates/<int:pk>/end/", rates.rate_end, name="rate-end"),
    path("of-client/<int:client_pk>/", rates.rates_of_client, name="rates-of-client"),
    path("work-roles/", roles.work_roles, name="work-roles"),
    path("work-roles/new/", roles.work_role_create, name="work-role-create"),
    path("work-roles/<int:pk>/edit/", roles.work_role_edit, name="work-role-edit"),
    path("work-roles/people/", roles.people, name="work-role-people"),
    path("travel-zones/", zones.travel_zones, name="travel-zones"),
    path("travel-zones/new/", zones.travel_zone_create, name="travel-zone-create"),
    path("travel-zones/<int:pk>/", zones.travel_zone, name="travel-zone"),
    path("travel-zones/<int:pk>/edit/", zones.travel_zone_edit, name="travel-zone-edit"),
    path("travel-zones/<int:pk>/price/", zones.zone_price, name="zone-price"),
    path("tax-rates/", rates.tax_rates, name="tax-rates"),
    path("tax-rates/new/", rates.tax_rate_set, name="tax-rate-set"),
]
