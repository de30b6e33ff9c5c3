"""The views of the list of tickets that a person can open."""

from accounts.models import User
from tickets.domain.saved_views import query_of
from tickets.models import DefaultView, SavedView


def query_for(view: SavedView) -> str:
    """Return the query with which the list shows the view."""
    return query_of(
        view_id=view.pk,
        filters=view.filters,
        sort=view.sort,
        columns=view.columns,
        layout=view.layout,
    )


def default_view(user: User) -> SavedView | None:
    """Return the view with which the list opens for a person; only one that they still see."""
    views = SavedView.objects.visible_to(user)
    return views.filter(pk__in=DefaultView.objects.filter(person=user).values("view")).first()
