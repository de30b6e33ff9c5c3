"""Find tickets by their tags: a ticket's entry names them, and changes of tags write it anew."""

from django.db import migrations

# As migration 0003 wrote it, with one step more where a ticket's names are gathered.
KEEP = """
CREATE OR REPLACE FUNCTION psa_search_keep() RETURNS trigger AS $$
DECLARE
    written jsonb := to_jsonb(NEW);
    names text := '';
    content text := '';
    field text;
BEGIN
    FOREACH field IN ARRAY string_to_array(TG_ARGV[2], ' ') LOOP
        names := names || ' ' || coalesce(written ->> field, '');
    END LOOP;
    FOREACH field IN ARRAY string_to_array(TG_ARGV[3], ' ') LOOP
        content := content || ' ' || coalesce(written ->> field, '');
    END LOOP;{step}
    INSERT INTO psa_searchentry (kind, target_id, shown_id, name, document, changed_at)
    VALUES (
        TG_ARGV[0], NEW.id, (written ->> TG_ARGV[1])::bigint, psa_search_name(names),
        psa_search_document(names, content), clock_timestamp()
    )
    ON CONFLICT (kind, target_id) DO UPDATE SET
        shown_id = EXCLUDED.shown_id, name = EXCLUDED.name, document = EXCLUDED.document,
        changed_at = EXCLUDED.changed_at;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
"""
STEP = """
    IF TG_ARGV[0] = 'ticket' THEN
        names := names || psa_search_tags(NEW.id);
    END IF;"""
TAGS = """
CREATE FUNCTION psa_search_tags(ticket bigint) RETURNS text AS $$
    SELECT coalesce(string_agg(' ' || tag.name, '' ORDER BY tag.name, tag.id), '')
    FROM tickets_tickettag AS of_ticket JOIN tickets_tag AS tag ON tag.id = of_ticket.tag_id
    WHERE of_ticket.ticket_id = ticket
$$ LANGUAGE sql STABLE;

CREATE FUNCTION psa_search_retag(tickets bigint[]) RETURNS void AS $$
BEGIN
    -- Whoever changes the same ticket's tags goes first, and is seen by the statement after this.
    PERFORM 1 FROM psa_searchentry
    WHERE kind = 'ticket' AND target_id = ANY(tickets) ORDER BY id FOR UPDATE;
    UPDATE psa_searchentry AS entry SET
        name = psa_search_name(named.names),
        document = psa_search_document(named.names, named.content),
        changed_at = clock_timestamp()
    FROM (
        SELECT id, ' ' || number || ' ' || subject || psa_search_tags(id) AS names,
            ' ' || description AS content
        FROM tickets_ticket WHERE id = ANY(tickets)
    ) AS named
    WHERE entry.kind = 'ticket' AND entry.target_id = named.id;
END;
$$ LANGUAGE plpgsql;

CREATE FUNCTION psa_search_tag_moved() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM psa_search_retag(ARRAY[OLD.ticket_id]);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM psa_search_retag(ARRAY[NEW.ticket_id]);
    END IF;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;

CREATE FUNCTION psa_search_tag_renamed() RETURNS trigger AS $$
BEGIN
    PERFORM psa_search_retag(ARRAY(
        SELECT ticket_id FROM tickets_tickettag WHERE tag_id = NEW.id
    ));
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER psa_search_tagged AFTER INSERT OR DELETE OR UPDATE OF ticket_id, tag_id
    ON tickets_tickettag FOR EACH ROW EXECUTE FUNCTION psa_search_tag_moved();
CREATE TRIGGER psa_search_renamed AFTER UPDATE ON tickets_tag
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION psa_search_tag_renamed();
"""
NO_TAGS = """
DROP TRIGGER psa_search_renamed ON tickets_tag;
DROP TRIGGER psa_search_tagged ON tickets_tickettag;
DROP FUNCTION psa_search_tag_renamed();
DROP FUNCTION psa_search_tag_moved();
DROP FUNCTION psa_search_retag(bigint[]);
DROP FUNCTION psa_search_tags(bigint);
"""
# What is tagged already is read once; without its triggers an entry keeps the words it has.
READ = "SELECT psa_search_retag(ARRAY(SELECT DISTINCT ticket_id FROM tickets_tickettag));"


class Migration(migrations.Migration):
    dependencies = [
        ("psa", "0003_keep_search_entries"),
        ("tickets", "0020_tags_and_news"),
    ]
    operations = [
        migrations.RunSQL(TAGS, NO_TAGS),
        migrations.RunSQL(KEEP.replace("{step}", STEP), KEEP.replace("{step}", "")),
        migrations.RunSQL(READ, migrations.RunSQL.noop),
    ]
