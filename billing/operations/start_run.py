"""Starting a billing run: all that is due as of a day, for all clients or for some."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BillingRun, RunState
from billing.operations._runs import make_run, scope_of
from clients.models import Client, LegalEntity
from core.doorbell import ring

FAN_OUT = "billing.tasks.bill_run"


class RunNotStartable(Exception):
    """Billing cannot begin; the message says what is missing."""


@transaction.atomic(durable=True)
def start_run(
    *,
    as_of_on: date,
    client_ids: Collection[int] | None = None,
    issues_drafts: bool = False,
    is_handed_out: bool = True,
    actor: User | None = None,
) -> BillingRun:
    """Return the run of the day and these clients, a new one unless it is still at work.

    The firm's row is locked first, so that two people who start the same run get the same one.
    Workers are called unless the caller works on the run itself; the sweep finds it either way.

    :raises RunNotStartable: the firm has not been set up
    """
    if not LegalEntity.objects.select_for_update(no_key=True).filter(is_default=True).exists():
        raise RunNotStartable(_("The firm has not been set up, so there is nobody to bill for."))
    scope = scope_of(client_ids)
    at_work = BillingRun.objects.filter(as_of_on=as_of_on, scope=scope, state=RunState.RUNNING)
    run = at_work.first()
    if run is None:
        run = make_run(
            BillingRun(
                as_of_on=as_of_on, scope=scope, issues_drafts=issues_drafts, started_by=actor
            ),
            _clients_of(client_ids),
        )
    if is_handed_out:
        ring(FAN_OUT, run_id=run.pk)
    return run


def _clients_of(client_ids: Collection[int] | None) -> list[int]:
    clients = Client.objects.order_by("pk")
    if client_ids is not None:
        clients = clients.filter(pk__in=client_ids)
    return list(clients.values_list("pk", flat=True))
