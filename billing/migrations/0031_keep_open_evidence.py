"""Triggers that keep what is open and what is settled, and the rows of what is open by now."""

from django.db import migrations

KINDS = {
    "time_entry": "tickets_timeentry",
    "part_used": "tickets_partused",
    "flat_rate_item": "tickets_flatrateitem",
}
# A row that is being written holds its ticket, so that the ticket cannot change its client unseen.
OPENS = """
CREATE FUNCTION billing_evidence_opens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO billing_openevidence (kind, evidence_id, owner_id)
    SELECT TG_ARGV[0], n.id, t.client_id
    FROM new_rows n JOIN tickets_ticket t ON t.id = n.ticket_id
    WHERE NOT n.billed_elsewhere
    FOR KEY SHARE OF t
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION billing_evidence_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_held boolean;
BEGIN
    DELETE FROM billing_openevidence WHERE kind = TG_ARGV[0] AND evidence_id = OLD.id;
    IF TG_OP = 'DELETE' OR NEW.billed_elsewhere THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM billing_claim WHERE %I = $1 AND released_at IS NULL)',
        TG_ARGV[0] || '_id'
    ) INTO is_held USING NEW.id;
    IF NOT is_held THEN
        INSERT INTO billing_openevidence (kind, evidence_id, owner_id)
        SELECT TG_ARGV[0], NEW.id, t.client_id FROM tickets_ticket t WHERE t.id = NEW.ticket_id
        FOR KEY SHARE OF t
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION billing_ticket_changes_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM tickets_ticket WHERE id = OLD.id FOR UPDATE;
    UPDATE billing_openevidence SET owner_id = NEW.client_id
    WHERE kind = 'time_entry'
        AND evidence_id IN (SELECT id FROM tickets_timeentry WHERE ticket_id = OLD.id)
    OR kind = 'part_used'
        AND evidence_id IN (SELECT id FROM tickets_partused WHERE ticket_id = OLD.id)
    OR kind = 'flat_rate_item'
        AND evidence_id IN (SELECT id FROM tickets_flatrateitem WHERE ticket_id = OLD.id);
    RETURN NEW;
END $$;

CREATE TRIGGER billing_open_evidence BEFORE UPDATE OF client_id ON tickets_ticket
    FOR EACH ROW WHEN (OLD.client_id IS DISTINCT FROM NEW.client_id)
    EXECUTE FUNCTION billing_ticket_changes_client();
"""
ON_EVIDENCE = """
CREATE TRIGGER billing_open_on_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION billing_evidence_opens('{kind}');
CREATE TRIGGER billing_open_on_update AFTER UPDATE ON {table}
    FOR EACH ROW WHEN (OLD.ticket_id IS DISTINCT FROM NEW.ticket_id
        OR OLD.billed_elsewhere IS DISTINCT FROM NEW.billed_elsewhere)
    EXECUTE FUNCTION billing_evidence_moves('{kind}');
CREATE TRIGGER billing_open_on_delete AFTER DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION billing_evidence_moves('{kind}');
INSERT INTO billing_openevidence (kind, evidence_id, owner_id)
SELECT '{kind}', e.id, t.client_id
FROM {table} e JOIN tickets_ticket t ON t.id = e.ticket_id
WHERE NOT e.billed_elsewhere AND NOT EXISTS (
    SELECT 1 FROM billing_claim c WHERE c.{kind}_id = e.id AND c.released_at IS NULL
);
"""
REOPENED = """
    INSERT INTO billing_openevidence (kind, evidence_id, owner_id)
    SELECT '{kind}', e.id, t.client_id
    FROM {table} e JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE NOT e.billed_elsewhere
        AND e.id IN (SELECT {kind}_id FROM gone_rows WHERE released_at IS NULL)
        AND NOT EXISTS (
            SELECT 1 FROM billing_claim c WHERE c.{kind}_id = e.id AND c.released_at IS NULL
        )
    FOR KEY SHARE OF t
    ON CONFLICT DO NOTHING;
"""
UNSETTLED = """
    DELETE FROM billing_settledline s USING {rows} c
    WHERE s.line_id = c.contract_line_id AND c.period_on < s.before_on;
"""
ON_CLAIMS = f"""
CREATE FUNCTION billing_claims_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM billing_openevidence o
    USING (
        SELECT CASE WHEN time_entry_id IS NOT NULL THEN 'time_entry'
                    WHEN part_used_id IS NOT NULL THEN 'part_used'
                    ELSE 'flat_rate_item' END AS kind,
               coalesce(time_entry_id, part_used_id, flat_rate_item_id) AS evidence_id
        FROM new_rows
        WHERE released_at IS NULL
            AND coalesce(time_entry_id, part_used_id, flat_rate_item_id) IS NOT NULL
    ) c
    WHERE o.kind = c.kind AND o.evidence_id = c.evidence_id;
{UNSETTLED.format(rows="new_rows")}
    RETURN NULL;
END $$;

CREATE FUNCTION billing_claims_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{"".join(REOPENED.format(kind=kind, table=table) for kind, table in KINDS.items())}
{UNSETTLED.format(rows="gone_rows")}
    RETURN NULL;
END $$;

CREATE TRIGGER billing_open_on_insert AFTER INSERT ON billing_claim
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION billing_claims_come();
CREATE TRIGGER billing_open_on_update AFTER UPDATE ON billing_claim
    REFERENCING OLD TABLE AS gone_rows
    FOR EACH STATEMENT EXECUTE FUNCTION billing_claims_go();
CREATE TRIGGER billing_open_on_delete AFTER DELETE ON billing_claim
    REFERENCING OLD TABLE AS gone_rows
    FOR EACH STATEMENT EXECUTE FUNCTION billing_claims_go();
"""
BACK = (
    "".join(
        f"DROP TRIGGER billing_open_on_{when} ON {table};"
        for table in [*KINDS.values(), "billing_claim"]
        for when in ("insert", "update", "delete")
    )
    + """
DROP TRIGGER billing_open_evidence ON tickets_ticket;
DROP FUNCTION billing_claims_come();
DROP FUNCTION billing_claims_go();
DROP FUNCTION billing_evidence_opens();
DROP FUNCTION billing_evidence_moves();
DROP FUNCTION billing_ticket_changes_client();
DELETE FROM billing_openevidence;
DELETE FROM billing_settledline;
"""
)


class Migration(migrations.Migration):

    dependencies = [("billing", "0030_open_evidence"), ("tickets", "0027_followers")]

    operations = [
        migrations.RunSQL(
            OPENS
            + "".join(ON_EVIDENCE.format(kind=kind, table=table) for kind, table in KINDS.items())
            + ON_CLAIMS,
            BACK,
        ),
    ]
