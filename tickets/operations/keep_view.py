"""Keep a view of the list of tickets under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.saved_views import kept_filters
from tickets.models import DefaultView, SavedView
from tickets.operations._tickets import require_firm_staff
from tickets.refusals import ViewNameTaken


@dataclass(frozen=True, slots=True)
class ViewWording:
    """What a view is called, who uses it, and what it shows."""

    name: str
    is_shared: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    columns: tuple[str, ...] = ()
    layout: str = ""


@transaction.atomic(durable=True)
def keep_view(
    *, wording: ViewWording, actor: User, view_id: int | None = None, is_default: bool | None = None
) -> SavedView:
    """Keep a new view, or change one; with ``is_default`` the list opens with it, or no longer.

    :raises SavedView.DoesNotExist: it is not the actor's to change
    :raises ViewNameTaken: its owner has another one of this name
    """
    require_firm_staff(actor)
    changeable = SavedView.objects.changeable_by(actor).select_for_update()
    view = SavedView(owner=actor) if view_id is None else changeable.get(pk=view_id)
    others = SavedView.objects.filter(owner=view.owner, name=wording.name.strip())
    if others.exclude(pk=view.pk).exists():
        raise ViewNameTaken(_("You have a view of this name already."))
    view.name, view.is_shared = wording.name.strip(), wording.is_shared
    view.filters, view.sort = kept_filters(wording.filters), wording.sort
    view.columns, view.layout = list(wording.columns), wording.layout
    view.save()
    if not view.is_shared:
        view.defaults.exclude(person=view.owner).delete()
    if is_default is not None:
        _open_with(view, actor, is_default=is_default)
    return view


def _open_with(view: SavedView, actor: User, *, is_default: bool) -> None:
    if is_default:
        DefaultView.objects.update_or_create(person=actor, defaults={"view": view})
    else:
        DefaultView.objects.filter(person=actor, view=view).delete()
