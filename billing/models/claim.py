"""What ties a charge to the evidence that it is for, once."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.charge import Charge

# Evidence is freed once, by the cancellation of the invoice that it stands on, and by nothing else.
CLAIM_STANDS = """
IF EXISTS (
    SELECT 1 FROM billing_charge c JOIN billing_invoice i ON i.id = c.invoice_id
    WHERE c.id = OLD.charge_id AND i.status = 'issued'
) THEN
    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL
        AND to_jsonb(NEW) - '{released_at,cancellation_id}'::text[]
            = to_jsonb(OLD) - '{released_at,cancellation_id}'::text[]
        AND EXISTS (
            SELECT 1 FROM billing_cancellation x JOIN billing_charge c
            ON c.invoice_id = x.invoice_id
            WHERE x.id = NEW.cancellation_id AND c.id = OLD.charge_id
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the evidence of an issued invoice cannot change'
        USING ERRCODE = 'restrict_violation';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""


SOURCES = (
    "time_entry",
    "part_used",
    "flat_rate_item",
    "time_correction",
    "prepaid_block",
    "contract_line",
    "hand_line",
)


def _one_source() -> Q:
    """Return the condition that exactly one source is named, with a period where it needs one."""
    found = Q()
    for name in SOURCES:
        given = {f"{other}__isnull": other != name for other in SOURCES}
        found |= Q(**given, period_on__isnull=name != "contract_line")
    return found


def _once(name: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=fields,
        condition=Q(**{"released_at": None, f"{fields[0]}__isnull": False}),
        name=name,
    )


# A claim names one piece of evidence and leaves the other columns empty, and so do its indexes.
INDEXED = (
    ("time_entry",),
    ("part_used",),
    ("flat_rate_item",),
    ("time_correction",),
    ("prepaid_block",),
    ("contract_line", "period_on"),
    ("hand_line",),
    ("allowance", "bucket_on"),
    ("drawn_block",),
    ("cancellation",),
)


def _where_named(*fields: str) -> models.Index:
    return models.Index(
        fields=fields,
        condition=Q(**{f"{fields[0]}__isnull": False}),
        name=f"billing_claim_{fields[0]}"[:30],
    )


class Claim(models.Model):
    """A charge's hold on its evidence: the same evidence can be on one live charge only.

    Exactly one source is set. A time entry can be split over several charges, one for each
    ``portion``: ``minutes`` worked rest on this one, ``billed_minutes`` are billed or drawn by it.
    A period of a contract line is claimed in revision 0 first, then in each later correction.
    What is drawn from hours paid for names the allowance and the first day of its month, or the
    block, and the quantity taken.

    A claim on a draft goes with the draft. One on an issued invoice is released by the invoice's
    ``cancellation``, once, and stays as the record of what the invoice rested on.
    """

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="claims")
    time_entry = models.ForeignKey(
        "tickets.TimeEntry", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    part_used = models.ForeignKey(
        "tickets.PartUsed", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    flat_rate_item = models.ForeignKey(
        "tickets.FlatRateItem", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    time_correction = models.ForeignKey(
        "tickets.TimeCorrection", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    prepaid_block = models.ForeignKey(
        "contracts.PrepaidBlock", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    contract_line = models.ForeignKey(
        "contracts.ContractLine", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    hand_line = models.ForeignKey(
        "billing.HandLine", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    period_on = models.DateField(null=True)
    portion = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveSmallIntegerField(default=0)
    minutes = models.IntegerField(null=True)
    billed_minutes = models.IntegerField(null=True)
    allowance = models.ForeignKey(
        "contracts.Allowance", models.PROTECT, null=True, related_name="draws", db_index=False
    )
    bucket_on = models.DateField(null=True)
    drawn_block = models.ForeignKey(
        "contracts.PrepaidBlock", models.PROTECT, null=True, related_name="draws", db_index=False
    )
    drawn_quantity = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    evidence_version = models.PositiveIntegerField(default=0)
    ticket_version = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)
    cancellation = models.ForeignKey(
        "billing.Cancellation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="released",
        db_index=False,
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [_where_named(*names) for names in INDEXED]
        constraints = [
            models.CheckConstraint(condition=_one_source(), name="billing_claim_one_source"),
            models.CheckConstraint(
                condition=Q(allowance=None, bucket_on=None)
                | Q(allowance__isnull=False, bucket_on__isnull=False, drawn_block=None),
                name="billing_claim_one_draw",
            ),
            _once("billing_claim_time_once", "time_entry", "portion"),
            _once("billing_claim_part_once", "part_used"),
            _once("billing_claim_flat_once", "flat_rate_item"),
            _once("billing_claim_taken_back_once", "time_correction", "portion"),
            _once("billing_claim_block_once", "prepaid_block"),
            _once("billing_claim_hand_once", "hand_line"),
            _once("billing_claim_period_once", "contract_line", "period_on", "revision"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=CLAIM_STANDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id}"
