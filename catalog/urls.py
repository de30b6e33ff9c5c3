"""Addresses of the pages of the catalog."""

from django.urls import path

from catalog.views import products, rates

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
    path("rate-cards/<int:pk>/rates/new/", rates.rate_set, name="rate-set"),
    path("rates/<int:pk>/end/", rates.rate_end, name="rate-end"),
    path("of-client/<int:client_pk>/", rates.rates_of_client, name="rates-of-client"),
    path("tax-rates/", rates.tax_rates, name="tax-rates"),
    path("tax-rates/new/", rates.tax_rate_set, name="tax-rate-set"),
]
