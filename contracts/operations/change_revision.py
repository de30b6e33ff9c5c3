"""Change what a revision in preparation promises beside its lines."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import PlanRevision, RenewalKind
from contracts.operations._plans import PlanNotAcceptable, RevisionTerms, lock_draft


@transaction.atomic(durable=True)
def change_revision(*, revision_id: int, terms: RevisionTerms) -> PlanRevision:
    """Set service level, renewal and what becomes of other work.

    :raises PlanNotAcceptable: it is published, or renews without a term
    """
    revision = lock_draft(revision_id)
    if terms.renewal_kind != RenewalKind.NONE and not terms.term_months:
        raise PlanNotAcceptable(_("A contract that renews needs a term."), "term_months")
    values = asdict(terms)
    for name, value in values.items():
        setattr(revision, name, value)
    revision.save(update_fields=list(values))
    return revision
