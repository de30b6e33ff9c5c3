"""The tax of a document, rate by rate, and what freezes such rows together with it."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice

if TYPE_CHECKING:
    from accounts.models import User

# One check a statement, however many rows it writes, and planned afresh each time: a plan made
# while the table was empty would read all of it for every row. The invoices are locked against
# being issued meanwhile.
_TOUCHES_ISSUED = """
EXECUTE $check$
    SELECT EXISTS (
        SELECT 1 FROM (
            SELECT status FROM billing_invoice
            WHERE id IN (SELECT invoice_id FROM changed_rows) FOR SHARE
        ) AS touched
        WHERE status = 'issued'
    )
$check$ INTO is_issued;
IF is_issued THEN
    RAISE EXCEPTION 'the lines of an issued invoice cannot change'
        USING ERRCODE = 'restrict_violation';
END IF;
RETURN NULL;
"""


def frozen_with_invoice() -> list[pgtrigger.Trigger]:
    """Return the triggers that freeze rows together with the invoice they belong to."""
    watched = {
        "added": (pgtrigger.Insert, pgtrigger.Referencing(new="changed_rows")),
        "removed": (pgtrigger.Delete, pgtrigger.Referencing(old="changed_rows")),
        "left": (pgtrigger.Update, pgtrigger.Referencing(old="changed_rows")),
        "joined": (pgtrigger.Update, pgtrigger.Referencing(new="changed_rows")),
    }
    return [
        pgtrigger.Trigger(
            name=f"frozen_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            declare=[("is_issued", "boolean")],
            func=_TOUCHES_ISSUED,
        )
        for name, (operation, referencing) in watched.items()
    ]


class TaxLineQuerySet(models.QuerySet["TaxLine"]):
    """Tax lines, by who may see them."""

    def visible_to(self, user: "User") -> "TaxLineQuerySet":
        """Return the tax lines of the invoices this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class TaxLine(models.Model):
    """The tax of one rate on one invoice, computed on the sum of its lines.

    The category is a code of UNTDID 5305 as EN 16931 uses it: S standard, AE reverse charge,
    O outside the scope, E exempt.
    """

    invoice = models.ForeignKey(
        Invoice, models.CASCADE, related_name="tax_lines", verbose_name=_("invoice")
    )
    category = models.CharField(_("category"), max_length=2)
    rate = models.DecimalField(_("rate in %"), max_digits=5, decimal_places=2)
    base = models.DecimalField(_("base"), max_digits=14, decimal_places=2)
    tax = models.DecimalField(_("tax"), max_digits=14, decimal_places=2)

    objects = TaxLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("tax line")
        verbose_name_plural = _("tax lines")
        ordering = ["invoice", "-rate"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "category", "rate"], name="billing_taxline_once"
            ),
        ]
        triggers = frozen_with_invoice()

    def __str__(self) -> str:
        return f"{self.category} {self.rate} %"
