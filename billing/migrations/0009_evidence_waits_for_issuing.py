"""Whoever changes evidence waits for the issuing of the draft that it stands on.

Issuing locks its drafts. A change of work that a draft rests on now takes a share of that lock
first: begun before, it makes the draft out of date before it is issued; begun after, it finds the
invoice issued and is refused. So issuing need not lock the evidence itself, row by row.
"""

from django.db import migrations

WAITING = """
CREATE OR REPLACE FUNCTION billing_evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands_on text;
BEGIN
    EXECUTE format(
        'SELECT 1 FROM billing_invoice i WHERE i.id IN (
             SELECT c.invoice_id FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
             WHERE k.%I = $1 AND k.released_at IS NULL)
         ORDER BY i.id FOR SHARE', TG_ARGV[0]) USING OLD.id;
    EXECUTE format(
        'SELECT coalesce(i.number, ''settled'') FROM billing_claim k
         JOIN billing_charge c ON c.id = k.charge_id
         LEFT JOIN billing_invoice i ON i.id = c.invoice_id
         WHERE k.%I = $1 AND k.released_at IS NULL
           AND (i.status = ''issued'' OR c.invoice_id IS NULL)
         LIMIT 1', TG_ARGV[0]) INTO stands_on USING OLD.id;
    IF stands_on IS NOT NULL THEN
        RAISE EXCEPTION 'billed evidence: %', stands_on USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION billing_ticket_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM billing_invoice i WHERE i.status = 'draft' AND i.id IN (
        SELECT c.invoice_id FROM billing_charge c WHERE c.ticket_id = OLD.id
    ) ORDER BY i.id FOR SHARE;
    RETURN NEW;
END $$;

CREATE TRIGGER billing_waits BEFORE UPDATE ON tickets_ticket
    FOR EACH ROW WHEN (
        OLD.client_id IS DISTINCT FROM NEW.client_id
        OR OLD.billing_mode IS DISTINCT FROM NEW.billing_mode
        OR OLD.closed_at IS DISTINCT FROM NEW.closed_at
    ) EXECUTE FUNCTION billing_ticket_waits();
"""
AS_BEFORE = """
DROP TRIGGER billing_waits ON tickets_ticket;
DROP FUNCTION billing_ticket_waits();
CREATE OR REPLACE FUNCTION billing_evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands_on text;
BEGIN
    EXECUTE format(
        'SELECT coalesce(i.number, ''settled'') FROM billing_claim k
         JOIN billing_charge c ON c.id = k.charge_id
         LEFT JOIN billing_invoice i ON i.id = c.invoice_id
         WHERE k.%I = $1 AND k.released_at IS NULL
           AND (i.status = ''issued'' OR c.invoice_id IS NULL)
         LIMIT 1', TG_ARGV[0]) INTO stands_on USING OLD.id;
    IF stands_on IS NOT NULL THEN
        RAISE EXCEPTION 'billed evidence: %', stands_on USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_lines_freeze_by_statement")]

    operations = [migrations.RunSQL(WAITING, AS_BEFORE)]
