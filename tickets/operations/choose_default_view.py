"""Say with which view the list of tickets opens."""

from django.db import transaction

from accounts.models import User
from tickets.models import DefaultView, SavedView
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def choose_default_view(*, view_id: int | None, actor: User) -> None:
    """Let the list open with this view for the actor; None lets it open as it always did.

    :raises SavedView.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    if view_id is None:
        DefaultView.objects.filter(person=actor).delete()
        return
    view = SavedView.objects.visible_to(actor).get(pk=view_id)
    DefaultView.objects.update_or_create(person=actor, defaults={"view": view})
