"""Periods that are closed: from then on nothing is dated into them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

_REFUSE = "USING ERRCODE = 'restrict_violation'"
# The zone of the firm decides to which day a moment belongs. A payment knows no legal entity; its
# link of the chain does, and is held to the books of that one. By itself it is refused where all
# the firm's books are closed.
_CLOSED_EVERYWHERE = """
SELECT min(closed) INTO closed_through FROM (
    SELECT coalesce(max(c.last_day_on), '-infinity') AS closed
    FROM clients_legalentity e LEFT JOIN billing_closing c ON c.legal_entity_id = e.id
    GROUP BY e.id
) AS books;
IF {day} <= closed_through THEN
    RAISE EXCEPTION 'the books are closed through %, nothing can be dated %',
        closed_through, {day} {refuse};
END IF;
RETURN NEW;
"""
_ISSUED_INTO_CLOSED = """
SELECT max(c.last_day_on) INTO closed_through
FROM changed_rows n JOIN billing_closing c ON c.legal_entity_id = n.legal_entity_id
WHERE n.status = 'issued' AND n.issued_on <= c.last_day_on;
IF closed_through IS NOT NULL THEN
    RAISE EXCEPTION 'the books are closed through %, nothing can be issued before', closed_through
        {refuse};
END IF;
RETURN NULL;
"""
_LINKED_INTO_CLOSED = """
SELECT max(c.last_day_on) INTO closed_through FROM billing_closing c
WHERE c.legal_entity_id = NEW.legal_entity_id;
IF closed_through IS NOT NULL AND (
    SELECT max(day) FROM (
        SELECT received_on AS day FROM billing_payment WHERE id = NEW.payment_id
        UNION ALL SELECT paid_on FROM billing_refund WHERE id = NEW.refund_id
        UNION ALL SELECT reversed_on FROM billing_reversal WHERE id = NEW.reversal_id
        UNION ALL SELECT written_off_on FROM billing_writeoff WHERE id = NEW.write_off_id
    ) AS dated
) <= closed_through THEN
    RAISE EXCEPTION 'the books are closed through %, no money can be dated before', closed_through
        {refuse};
END IF;
RETURN NEW;
"""
_DECLARED = [("closed_through", "date")]


def not_into_closed(day: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses rows dated into a closed period."""
    return pgtrigger.Trigger(
        name="not_into_closed",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        declare=_DECLARED,
        func=_CLOSED_EVERYWHERE.format(day=day, refuse=_REFUSE),
    )


def not_issued_into_closed() -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse documents issued into a closed period."""
    return [
        pgtrigger.Trigger(
            name=f"not_{name}_into_closed",
            level=pgtrigger.Statement,
            operation=operation,
            when=pgtrigger.After,
            referencing=pgtrigger.Referencing(new="changed_rows"),
            declare=_DECLARED,
            func=_ISSUED_INTO_CLOSED.format(refuse=_REFUSE),
        )
        for name, operation in (("issued", pgtrigger.Update), ("added", pgtrigger.Insert))
    ]


def not_linked_into_closed() -> pgtrigger.Trigger:
    """Return the trigger that holds money to the closed periods of the books it is linked to."""
    return pgtrigger.Trigger(
        name="not_into_closed",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__invoice_id__isnull=True),
        declare=_DECLARED,
        func=_LINKED_INTO_CLOSED.format(refuse=_REFUSE),
    )


class ClosingKind(models.TextChoices):
    """How long the period is that is closed."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Closing(models.Model):
    """A day, month or year of a legal entity's books that is closed for good.

    ``totals`` holds for each currency what was invoiced, credited, received, refunded and written
    off in the period, and the perpetual totals of all since the first document.
    """

    legal_entity = models.ForeignKey(
        "clients.LegalEntity", models.PROTECT, related_name="closings", verbose_name=_("company")
    )
    kind = models.CharField(_("period"), max_length=5, choices=ClosingKind.choices)
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"))
    totals = models.JSONField(_("totals"), default=dict)
    recorded_at = models.DateTimeField(_("closed"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        ordering = ["-last_day_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "kind", "last_day_on"], name="billing_closing_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day_on__gte=F("starts_on")), name="billing_closing_has_days"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.last_day_on}"
