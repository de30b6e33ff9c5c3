"""Taking terms of late payment away."""

from django.db import transaction

from collecting.models import LateTerms


@transaction.atomic(durable=True)
def remove_late_terms(*, terms_id: int) -> None:
    """Let terms hold no more; what was claimed by them stays claimed."""
    LateTerms.objects.select_for_update().get(pk=terms_id).delete()
