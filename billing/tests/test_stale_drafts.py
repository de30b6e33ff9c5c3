"""Drafts whose work would cost something else now: the role of whoever did it has changed."""

from typing import Any

import pytest
from django.utils import timezone

from billing.models import Invoice
from billing.queries.changes import has_changed_roles
from billing.queries.flags import with_state_facts
from billing.tests.factories import DraftFactory
from catalog.models import RoleAssignment, WorkRole
from tickets.models import TimeEntry

pytestmark = pytest.mark.django_db(transaction=True)


def work_of(draft: Invoice) -> TimeEntry:
    return TimeEntry.objects.get(claims__charge__invoice=draft)


def stale() -> list[int]:
    drafts: Any = with_state_facts(Invoice.objects.all())
    found = drafts.filter(is_stale=True)
    return sorted(found.values_list("pk", flat=True))


def test_a_changed_role_marks_the_drafts_with_that_persons_work() -> None:
    draft, other = DraftFactory.create(), DraftFactory.create()
    Invoice.objects.update(drafted_at=timezone.now())
    senior = WorkRole.objects.create(name="Senior")
    before = stale()

    assigned = RoleAssignment.objects.create(user=work_of(draft).technician, work_role=senior)

    assert (before, stale()) == ([], [draft.pk])
    assert work_of(other).technician != assigned.user


def test_work_that_names_its_own_role_is_not_touched() -> None:
    senior = WorkRole.objects.create(name="Senior")
    draft = DraftFactory.create()
    TimeEntry.objects.filter(claims__charge__invoice=draft).update(work_role=senior)

    RoleAssignment.objects.create(user=work_of(draft).technician, work_role=senior)

    assert not Invoice.objects.filter(has_changed_roles()).exists()
