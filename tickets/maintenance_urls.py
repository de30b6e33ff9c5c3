"""The addresses of maintenance."""

from django.urls import path

from tickets.views import maintenance

app_name = "maintenance"

urlpatterns = [
    path("", maintenance.calendar, name="calendar"),
    path("plans/", maintenance.plans, name="plans"),
    path("plans/new/", maintenance.create, name="plan-create"),
    path("plans/<int:pk>/", maintenance.plan, name="plan"),
    path("plans/<int:pk>/edit/", maintenance.edit, name="plan-edit"),
    path("plans/<int:pk>/skip/", maintenance.skip, name="visit-skip"),
]
