"""The addresses of automation: rules, and whom tickets are given to."""

from django.urls import path

from tickets.views import assignment, automation

app_name = "automation"

urlpatterns = [
    path("", automation.rules, name="rules"),
    path("new/", automation.create, name="rule-create"),
    path("<int:pk>/", automation.rule, name="rule"),
    path("<int:pk>/edit/", automation.edit, name="rule-edit"),
    path("<int:pk>/switch/", automation.switch, name="rule-switch"),
    path("<int:pk>/move/", automation.move, name="rule-move"),
    path("<int:pk>/remove/", automation.remove, name="rule-remove"),
    path("assignment/", assignment.overview, name="assignment"),
    path("groups/new/", assignment.group_create, name="group-create"),
    path("groups/<int:pk>/", assignment.group_edit, name="group-edit"),
    path("skills/new/", assignment.skill_create, name="skill-create"),
    path("skills/<int:pk>/", assignment.skill_edit, name="skill-edit"),
]
