"""The addresses of the board and of saved views; they join those of the desk."""

from django.urls import path

from tickets.views import saved_views, ticket_board

urlpatterns = [
    path("<int:pk>/move/", ticket_board.move, name="ticket-move"),
    path("views/", saved_views.views, name="views"),
    path("views/new/", saved_views.create, name="view-create"),
    path("views/default/", saved_views.choose, name="view-choose"),
    path("views/<int:pk>/", saved_views.view, name="view"),
    path("views/<int:pk>/edit/", saved_views.edit, name="view-edit"),
    path("views/<int:pk>/delete/", saved_views.delete, name="view-delete"),
]
