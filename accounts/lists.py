"""The list of people."""

import django_filters
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User, UserKind
from accounts.models.user import UserQuerySet
from accounts.roles import role_label, role_labels
from core.listing import Column, Empty, Listing


def people_with_factors(user: User) -> UserQuerySet:
    """Return the people this person may see, with their roles and whether they have a factor."""
    has_factor = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    people: UserQuerySet = User.objects.visible_to(user)
    return people.annotate(has_second_factor=has_factor).prefetch_related("groups")


def _role_choices() -> list[tuple[str, str]]:
    names = Group.objects.order_by("pk").values_list("name", flat=True)
    return [(name, role_label(name)) for name in names]


class PeopleFilter(django_filters.FilterSet):
    """Staff or clients' people, by role, by whether they may sign in."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UserKind.choices)
    role = django_filters.ChoiceFilter(
        label=_("Role"), field_name="groups__name", choices=_role_choices
    )
    is_active = django_filters.ChoiceFilter(
        label=_("Access"), choices=[("True", _("may sign in")), ("False", _("deactivated"))]
    )

    class Meta:
        model = User
        fields = ["kind", "role", "is_active"]


def _state(person: User) -> str:
    return gettext("may sign in") if person.is_active else gettext("deactivated")


PEOPLE = Listing[User](
    name="people",
    columns=[
        Column("name", _("Name"), str, link=True, sort=("last_name", "first_name", "email")),
        Column("email", _("E-mail address"), sort="email"),
        Column("roles", _("Roles"), lambda person: ", ".join(role_labels(person.groups.all()))),
        Column("has_second_factor", _("Second factor"), kind="flag", sort="has_second_factor"),
        Column(
            "last_login",
            pgettext_lazy("people", "Last signed in"),
            kind="ago",
            sort="last_login",
            phone="side",
        ),
        Column("state", _("Access"), _state, sort="is_active", cell="accounts/people.html#state"),
    ],
    order="name",
    search=["first_name", "last_name", "email"],
    filters=PeopleFilter,
    empty=Empty(_("Nobody found"), _("Try fewer words or another filter."), icon="users"),
    row_url=lambda person: reverse("accounts:person", args=[person.pk]),
)
