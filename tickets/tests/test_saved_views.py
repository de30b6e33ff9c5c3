"""Views of the list of tickets that are kept under a name."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from tests.plugins.cast import SignIn
from tickets.domain.saved_views import filters_in, query_of
from tickets.models import DefaultView, SavedView
from tickets.operations.keep_view import ViewWording, keep_view
from tickets.refusals import Refusal, ViewNameTaken
from tickets.tests.factories import TicketFactory

URGENT = ViewWording(
    name="Urgent", filters={"scope": "open", "priority": "1_urgent"}, columns=("subject", "due")
)


def kept(actor: User, name: str = "Urgent", *, is_shared: bool = False) -> SavedView:
    return keep_view(wording=ViewWording(name=name, is_shared=is_shared), actor=actor)


def test_an_address_gives_its_filters_and_drops_the_rest() -> None:
    query = "scope=open&priority=1_urgent&q=printer&page=3&export=csv&evil=1"

    assert filters_in(query) == {"scope": "open", "q": "printer", "priority": "1_urgent"}


def test_a_view_opens_an_address_that_says_everything() -> None:
    query = query_of(
        view_id=7, filters={"status": "3"}, sort="-due", columns=["subject", "due"], layout="board"
    )

    assert query == "view=7&status=3&sort=-due&columns=subject%2Cdue&layout=board"


def test_a_view_without_filters_shows_the_desk() -> None:
    query = query_of(view_id=7, filters={}, sort="", columns=[], layout="")

    assert query == "view=7&scope=desk"


def test_a_kept_view_opens_the_list_as_it_was(
    as_technician: Browser, technician: User, firm: object
) -> None:
    TicketFactory.create(subject="Server down", priority="1_urgent")
    TicketFactory.create(subject="Slow laptop")
    view = keep_view(wording=URGENT, actor=technician)

    listed = as_technician.get(view.get_absolute_url(), follow=True)

    page = listed.context["listing"]
    assert [row.subject for row in page.rows] == ["Server down"]
    assert [column.key for column in page.columns] == ["subject", "due"]
    assert listed.context["view"] == view


def test_the_form_keeps_the_filters_of_the_list(
    as_technician: Browser, technician: User, firm: object
) -> None:
    asked = "?scope=open&priority=1_urgent&layout=board&sort=-due"
    form = as_technician.get(reverse("tickets:view-create") + asked).context["form"]

    answer = as_technician.post(
        reverse("tickets:view-create"),
        {
            "name": "Burning",
            "query": form["query"].value(),
            "layout": form["layout"].value(),
            "sort": form["sort"].value(),
            "columns": ["subject"],
            "is_default": "on",
        },
    )

    view = SavedView.objects.get()
    assert answer["Location"] == view.get_absolute_url()
    assert view.filters == {"scope": "open", "priority": "1_urgent"}
    assert (view.layout, view.sort, view.columns) == ("board", "-due", ["subject"])
    assert DefaultView.objects.get(person=technician).view == view


def test_the_list_opens_with_the_default_and_a_tab_leaves_it(
    as_technician: Browser, technician: User, firm: object
) -> None:
    view = keep_view(wording=URGENT, actor=technician, is_default=True)

    opened = as_technician.get("/tickets/")
    tab = as_technician.get("/tickets/?scope=desk")

    assert opened["Location"] == view.get_absolute_url()
    assert tab.status_code == 200


def test_a_private_view_is_nobody_elses(dispatcher: User, technician: User) -> None:
    private, shared = kept(dispatcher, "Mine"), kept(dispatcher, "Ours", is_shared=True)

    assert list(SavedView.objects.visible_to(technician)) == [shared]
    assert list(SavedView.objects.visible_to(dispatcher)) == [private, shared]


def test_only_its_owner_and_who_looks_after_views_change_a_shared_one(
    dispatcher: User, technician: User, manager: User
) -> None:
    view = kept(dispatcher, is_shared=True)

    with pytest.raises(SavedView.DoesNotExist):
        keep_view(wording=URGENT, actor=technician, view_id=view.pk)
    keep_view(wording=ViewWording(name="Renamed", is_shared=True), actor=manager, view_id=view.pk)

    view.refresh_from_db()
    assert (view.name, view.owner) == ("Renamed", dispatcher)


def test_somebody_elses_shared_view_has_no_form_for_a_technician(
    as_technician: Browser, dispatcher: User
) -> None:
    view = kept(dispatcher, is_shared=True)

    assert as_technician.get(reverse("tickets:view-edit", args=[view.pk])).status_code == 404
    assert as_technician.post(reverse("tickets:view-delete", args=[view.pk])).status_code == 404
    assert SavedView.objects.count() == 1


def test_a_view_that_is_shared_no_longer_opens_nobody_elses_list(
    dispatcher: User, technician: User
) -> None:
    view = kept(dispatcher, is_shared=True)
    DefaultView.objects.create(person=technician, view=view)

    keep_view(wording=ViewWording(name="Urgent"), actor=dispatcher, view_id=view.pk)

    assert not DefaultView.objects.exists()


def test_two_views_of_one_person_have_two_names(technician: User, dispatcher: User) -> None:
    kept(technician)
    kept(dispatcher)

    with pytest.raises(ViewNameTaken):
        kept(technician)


def test_a_client_keeps_no_views(client_contact: User) -> None:
    with pytest.raises(Refusal):
        kept(client_contact)

    assert not SavedView.objects.exists()


def test_programs_keep_change_and_throw_away_views(
    sign_in: SignIn, technician: User, firm: object
) -> None:
    browser = sign_in(technician)
    made = browser.post(
        "/api/v1/saved-views/",
        {"name": "Late", "filters": {"scope": "open"}, "columns": ["due"], "is_default": True},
        content_type="application/json",
    )
    url = f"/api/v1/saved-views/{made.json()['id']}/"

    changed = browser.patch(url, {"layout": "board"}, content_type="application/json").json()
    refused = browser.patch(url, {"filters": {"evil": "1"}}, content_type="application/json")

    assert made.status_code == 201
    assert (changed["layout"], changed["columns"], changed["is_default"]) == (
        "board",
        ["due"],
        True,
    )
    assert refused.status_code == 400
    assert browser.delete(url).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_choose_a_default_at_once_leave_one() -> None:
    person: User = UserFactory.create(role="technician")

    def choose(name: str) -> None:
        try:
            keep_view(wording=ViewWording(name=name), actor=person, is_default=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(choose, ["one", "two"]))

    assert DefaultView.objects.filter(person=person).count() == 1
    assert SavedView.objects.count() == 2
