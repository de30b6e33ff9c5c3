"""Learn the words of what was written lately, so that typing errors can be forgiven."""

from django.db import connection, transaction

from psa.models import LearntUpTo

BATCH = 5_000
LEARN = """
INSERT INTO psa_searchword (stem)
SELECT DISTINCT stem
FROM (
    SELECT document FROM psa_searchentry WHERE (changed_at, id) > (%s, %s)
    ORDER BY changed_at, id LIMIT %s
) AS recent, unnest(tsvector_to_array(document)) AS stem
WHERE length(stem) BETWEEN 4 AND 40 AND stem !~ '[0-9@/.:_\\\\-]'
ORDER BY stem
ON CONFLICT DO NOTHING
"""
LAST = """
SELECT changed_at, id FROM psa_searchentry WHERE (changed_at, id) > (%s, %s)
ORDER BY changed_at, id LIMIT %s
"""
BEGINNING = "-infinity"


@transaction.atomic(durable=True)
def learn_words() -> int:
    """Read the next entries, oldest change first, and return how many they were.

    One learner at a time: a second one returns at once. An entry whose transaction commits after
    later ones were read teaches nothing until it changes again; words are a help, not evidence.
    """
    LearntUpTo.objects.get_or_create(pk=1)
    mark = LearntUpTo.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    if mark is None:
        return 0
    since = [mark.changed_at or BEGINNING, mark.entry_id, BATCH]
    with connection.cursor() as cursor:
        cursor.execute(LAST, since)
        read = cursor.fetchall()
        if read:
            cursor.execute(LEARN, since)
            mark.changed_at, mark.entry_id = read[-1]
            mark.save()
    return len(read)
