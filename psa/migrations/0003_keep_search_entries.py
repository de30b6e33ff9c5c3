"""Keep the search entries by triggers on the tables whose texts can be found.

The texts are read in every language of the product, with accents taken off first, by two text
search configurations of our own. What is longer than a person writes is not indexed to its end:
a vector holds a megabyte at most, and a note must never be refused because of it.
"""

from typing import NamedTuple

from django.db import migrations

CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION fixpoint_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION fixpoint_en
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION fixpoint_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION fixpoint_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;

CREATE FUNCTION psa_search_document(names text, content text) RETURNS tsvector AS $$
    -- The sign between the parts keeps the last word of one from standing beside the next one's first.
    SELECT ts_delete(
        setweight(
            to_tsvector('fixpoint_en', left(names, 2000)) || '¶:1'::tsvector
            || to_tsvector('fixpoint_fr', left(names, 2000)), 'A'
        )
        || '¶:1'::tsvector || to_tsvector('fixpoint_en', left(content, 100000))
        || '¶:1'::tsvector || to_tsvector('fixpoint_fr', left(content, 100000)), '¶'
    )
$$ LANGUAGE sql STABLE;

CREATE FUNCTION psa_search_name(names text) RETURNS text AS $$
    SELECT left(lower(unaccent(trim(names))), 1000)
$$ LANGUAGE sql STABLE;

CREATE FUNCTION psa_search_keep() RETURNS trigger AS $$
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
    END LOOP;
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

CREATE FUNCTION psa_search_forget() RETURNS trigger AS $$
BEGIN
    DELETE FROM psa_searchentry WHERE kind = TG_ARGV[0] AND target_id = OLD.id;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
"""
NO_CONFIGURATIONS = """
DROP FUNCTION psa_search_forget();
DROP FUNCTION psa_search_keep();
DROP FUNCTION psa_search_name(text);
DROP FUNCTION psa_search_document(text, text);
DROP TEXT SEARCH CONFIGURATION fixpoint_fr;
DROP TEXT SEARCH CONFIGURATION fixpoint_en;
"""


class Source(NamedTuple):
    """A table, the kind of its entries, the row that shows them, its names and its texts."""

    table: str
    kind: str
    shown: str
    names: str
    content: str


SOURCES = (
    Source("tickets_ticket", "ticket", "id", "number subject", "description"),
    Source("tickets_note", "note", "ticket_id", "", "body"),
    Source("tickets_timeentry", "time", "ticket_id", "", "note"),
    Source("clients_client", "client", "id", "name code vat_number registration_number", "city"),
    Source("clients_contact", "contact", "id", "first_name last_name email phone", ""),
    Source(
        "clients_asset", "asset", "id", "name serial_number", "group operating_system"
    ),
    Source("contracts_contract", "contract", "id", "number name", ""),
)


def trigger(source: Source) -> str:
    """Return what makes a table keep its entries, those of the rows that are there included."""
    table, kind, shown, names, content = source
    fields = [shown, *names.split(), *content.split()]
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in fields)
    words = f"'{kind}', '{shown}', '{names}', '{content}'"
    texts = [
        "concat_ws(' ', " + ", ".join(f'"{name}"' for name in part.split()) + ")" if part else "''"
        for part in (names, content)
    ]
    return f"""
CREATE TRIGGER psa_search_added AFTER INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION psa_search_keep({words});
CREATE TRIGGER psa_search_changed AFTER UPDATE ON {table}
    FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION psa_search_keep({words});
CREATE TRIGGER psa_search_deleted AFTER DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION psa_search_forget('{kind}');
INSERT INTO psa_searchentry (kind, target_id, shown_id, name, document, changed_at)
SELECT '{kind}', id, "{shown}", psa_search_name({texts[0]}),
    psa_search_document({texts[0]}, {texts[1]}), clock_timestamp()
FROM {table};
"""


def no_trigger(source: Source) -> str:
    """Return what takes the triggers away again."""
    return "".join(
        f"DROP TRIGGER psa_search_{what} ON {source.table};"
        for what in ("added", "changed", "deleted")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("psa", "0002_search"),
        ("core", "0001_initial"),
        ("tickets", "0006_all_that_can_be_sold"),
        ("clients", "0002_all_that_can_be_sold"),
        ("contracts", "0007_price_of_a_period"),
    ]
    operations = [
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        *(migrations.RunSQL(trigger(source), no_trigger(source)) for source in SOURCES),
    ]
