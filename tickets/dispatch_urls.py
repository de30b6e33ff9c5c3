"""The addresses of the dispatch calendar."""

from django.urls import path

from tickets.views import appointments, dispatch, feed, leave

app_name = "dispatch"

urlpatterns = [
    path("", dispatch.calendar, name="calendar"),
    path("news/", dispatch.news, name="news"),
    path("place/", dispatch.place, name="place"),
    path("new/", appointments.create, name="appointment-create"),
    path("<int:pk>/", appointments.edit, name="appointment"),
    path("<int:pk>/cancel/", appointments.cancel, name="appointment-cancel"),
    path("leave/", leave.leaves, name="leaves"),
    path("leave/new/", leave.create, name="leave-create"),
    path("leave/<int:pk>/", leave.edit, name="leave"),
    path("leave/<int:pk>/remove/", leave.remove, name="leave-remove"),
    path("feed/", feed.feed, name="feed"),
    path("feed/make/", feed.make, name="feed-make"),
    path("feed/revoke/", feed.revoke, name="feed-revoke"),
    path("feed/<str:token>.ics", feed.calendar_file, name="feed-file"),
]
