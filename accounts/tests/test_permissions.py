"""What a person may do is asked once, and is what Django would say."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_own_permissions_and_those_of_roles_are_read_with_one_query(technician: User) -> None:
    technician.user_permissions.add(Permission.objects.get(codename="change_firm"))
    person = User.objects.get(pk=technician.pk)

    with CaptureQueriesContext(connection) as captured:
        answers = [
            person.has_perm(name)
            for name in ("accounts.change_firm", "tickets.add_note", "accounts.view_costs")
        ]

    assert answers == [True, True, False]
    assert len(captured) == 1


def test_django_reads_the_same_permissions(technician: User) -> None:
    technician.user_permissions.add(Permission.objects.get(codename="change_firm"))
    person, same = User.objects.get(pk=technician.pk), User.objects.get(pk=technician.pk)

    person.has_perm("tickets.add_note")

    assert person.get_user_permissions() == {"accounts.change_firm"}
    assert person.get_group_permissions() == ModelBackend().get_group_permissions(same)


def test_who_may_no_longer_sign_in_may_nothing(technician: User) -> None:
    technician.is_active = False

    assert not technician.has_perm("tickets.add_note")
