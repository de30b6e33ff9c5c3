"""The addresses of the board and of saved views; they join those of the desk."""

from django.urls import path

from tickets.views import (
    bulk,
    followers,
    reading,
    saved_views,
    tags,
    templates,
    ticket_board,
    ticket_list,
)

urlpatterns = [
    path("<int:pk>/move/", ticket_board.move, name="ticket-move"),
    path("<int:pk>/unread/", reading.unread, name="ticket-unread"),
    path("<int:pk>/tags/", tags.retag, name="ticket-tags"),
    path("<int:pk>/follow/", followers.follow, name="ticket-follow"),
    path("<int:pk>/followers/", followers.add, name="follower-add"),
    path("followers/<int:pk>/remove/", followers.remove, name="follower-remove"),
    path("take/", bulk.take, name="tickets-take"),
    path("assign/", bulk.assign, name="tickets-assign"),
    path("change/", bulk.change, name="tickets-change"),
    path("close/", bulk.close, name="tickets-close"),
    path("templates/", templates.templates, name="templates"),
    path("templates/new/", templates.create, name="template-create"),
    path("templates/<int:pk>/", templates.edit, name="template-edit"),
    path("templates/<int:pk>/delete/", templates.delete, name="template-delete"),
    path("read/", reading.all_read, name="all-read"),
    path("news/", ticket_list.news, name="news"),
    path("mine/news/", reading.my_news, name="my-news"),
    path("views/", saved_views.views, name="views"),
    path("views/new/", saved_views.create, name="view-create"),
    path("views/default/", saved_views.choose, name="view-choose"),
    path("views/<int:pk>/", saved_views.view, name="view"),
    path("views/<int:pk>/edit/", saved_views.edit, name="view-edit"),
    path("views/<int:pk>/delete/", saved_views.delete, name="view-delete"),
]
