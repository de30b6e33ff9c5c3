"""Put a revision of a plan on sale."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import PlanRevision
from contracts.operations._plans import PlanNotAcceptable, lock_draft


@transaction.atomic(durable=True)
def publish_revision(*, revision_id: int, published_on: date) -> PlanRevision:
    """Publish a revision, which from then on never changes.

    :raises PlanNotAcceptable: it is published already, or has no line
    """
    revision = lock_draft(revision_id)
    if not revision.lines.exists():
        raise PlanNotAcceptable(_("A plan without a line sells nothing: add one first."))
    revision.published_on = published_on
    revision.save(update_fields=["published_on"])
    return revision
