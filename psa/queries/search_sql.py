"""The search as PostgreSQL understands it: a condition, a rank, and where to look.

All of what somebody typed travels as parameters. Where a word is in very many entries, they are
looked for among the newest first, so that no search has to rank a million rows: the very newest are
read one after the other, since an index would yield the whole million before it is narrowed, and
they tell how far back the others have to be looked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from psa.domain.search_words import Term

CONFIGURATIONS = {"en": "fixpoint_en", "fr": "fixpoint_fr"}
MANY = 5_000
NEWEST = 5_000
ENOUGH = 200
AT_MOST = 300
SHORT = 160
MOST_STEMS = 4
BEGIN, END = "\x02", "\x03"
WHOLE = f"StartSel={BEGIN}, StopSel={END}, HighlightAll=true"
EXTRACT = (
    f"StartSel={BEGIN}, StopSel={END}, MaxFragments=2, MaxWords=16, MinWords=6,"
    ' FragmentDelimiter=" … "'
)

# How entries are looked through: PostgreSQL reads the newest first and compares then, or it asks
# its indexes for what matches and leaves out what is older.
ONE_BY_ONE, BY_INDEX = "MATERIALIZED", "NOT MATERIALIZED"

Parameters = list[Any]
Candidate = tuple[str, int, int]


@dataclass(frozen=True)
class Wanted:
    """A condition on entries, its parameters, and the words that its hits are marked by."""

    query: str
    query_values: Parameters
    condition: str
    values: Parameters
    whole: str


def exactly(terms: Sequence[Term], language: str) -> Wanted | None:
    """Return the condition that every term occurs, in a text or as a piece of a name."""
    config = CONFIGURATIONS.get(language, "fixpoint_en")
    kept = [term for term in terms if not term.is_excluded]
    if not kept:
        return None
    parts, values = [], Parameters()
    for term in terms:
        part, own = _vector_query(term, config)
        parts.append(f"!!({part})" if term.is_excluded else part)
        values += own
    query = "(" + " && ".join(parts) + ")"
    names = " AND ".join(
        f"name {'NOT ' if term.is_excluded else ''}LIKE psa_search_name(%s)" for term in terms
    )
    patterns: Parameters = [f"%{_escaped(term.text)}%" for term in terms]
    condition = f"(document @@ {query} OR (name <> '' AND {names}))"
    return Wanted(query, values, condition, values + patterns, _together(kept))


def nearly(terms: Sequence[Term], language: str) -> Wanted | None:
    """Return the condition for words typed with an error: each as the stems it is most like."""
    config = CONFIGURATIONS.get(language, "fixpoint_en")
    words = [term.text for term in terms if term.is_plain_word and not term.is_excluded]
    if not words or len(words) < len(terms):
        return None  # who puts words in quotation marks or excludes some means it exactly
    stems = _likely_stems(words, config)
    whole = " ".join(words)
    if stems is None:
        return Wanted(
            "''::tsquery", [], "(name <> '' AND psa_search_name(%s) <%% name)", [whole], whole
        )
    query = "(" + " && ".join(["to_tsquery('simple', %s)"] * len(stems)) + ")"
    values: Parameters = [" | ".join(map(_quoted, alike)) for alike in stems]
    condition = f"(document @@ {query} OR (name <> '' AND psa_search_name(%s) <%% name))"
    return Wanted(query, values, condition, [*values, whole], whole)


def candidates(wanted: Wanted, kinds: Sequence[str]) -> list[Candidate]:
    """Return kind, row and shown row of the best entries of each kind, best first."""
    if not _is_in_many(wanted, kinds):
        return _best(wanted, kinds, BY_INDEX, 0)
    newest = _newest_entry()
    found = _best(wanted, kinds, ONE_BY_ONE, newest - NEWEST)
    if 0 < len(found) < ENOUGH:
        found = _best(wanted, kinds, BY_INDEX, newest - NEWEST * 2 * ENOUGH // len(found))
    return found if len(found) >= ENOUGH else _best(wanted, kinds, BY_INDEX, 0)


def marked(names: Sequence[str], texts: Sequence[str], wanted: Wanted, language: str) -> list[str]:
    """Return names and short texts whole and an extract of others, marks around what was sought."""
    config = CONFIGURATIONS.get(language, "fixpoint_en")
    given = [(name, WHOLE) for name in names] + [
        (text, WHOLE if len(text) <= SHORT else EXTRACT) for text in texts
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT ts_headline(%s::regconfig, left(text, 20000), {wanted.query}, options)
            FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given(text, options, place)
            ORDER BY place
            """,  # noqa: S608  (words of our own; what was typed travels as parameters)
            [config, *wanted.query_values, *map(list, zip(*given, strict=True))],
        )
        return [row[0] for row in cursor.fetchall()]


def _vector_query(term: Term, config: str) -> tuple[str, Parameters]:
    if term.is_phrase:
        return "phraseto_tsquery(%s::regconfig, %s)", [config, term.text]
    if not term.is_plain_word:
        return "plainto_tsquery(%s::regconfig, %s)", [config, term.text]
    ending = ":*" if term.is_unfinished else ""
    return "to_tsquery(%s::regconfig, %s)", [config, _quoted(term.text) + ending]


def _likely_stems(words: list[str], config: str) -> list[list[str]] | None:
    """Return for each word the stems it is most like, or nothing when one is like none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT known.stem FROM psa_searchword AS known"
            "        WHERE known.stem %% coalesce(typed.stem, typed.word)"
            "        ORDER BY similarity(known.stem, coalesce(typed.stem, typed.word)) DESC,"
            "                 known.stem LIMIT %s)"
            " FROM (SELECT word, place,"
            "              (tsvector_to_array(to_tsvector(%s::regconfig, word)))[1] AS stem"
            "       FROM unnest(%s::text[]) WITH ORDINALITY AS given(word, place)) AS typed"
            " ORDER BY place",
            [MOST_STEMS, config, words],
        )
        stems = [row[0] for row in cursor.fetchall()]
    return stems if all(stems) else None


def _is_in_many(wanted: Wanted, kinds: Sequence[str]) -> bool:
    """Whether very much is to be expected, as far as PostgreSQL can tell."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            EXPLAIN (FORMAT JSON)
            SELECT 1 FROM psa_searchentry WHERE kind = ANY(%s) AND {wanted.condition}
            """,  # noqa: S608  (as above)
            [list(kinds), *wanted.values],
        )
        expected: float = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    return expected > MANY


def _newest_entry() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM psa_searchentry")
        return int(cursor.fetchone()[0])


def _best(wanted: Wanted, kinds: Sequence[str], way: str, floor: int) -> list[Candidate]:
    """Names weigh more than texts, the beginning of a name more than its middle."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH recent AS {way} (
                SELECT id, kind, target_id, shown_id, name, document FROM psa_searchentry
                WHERE id > %s AND kind = ANY(%s)
            )
            SELECT kind, target_id, shown_id FROM (
                SELECT *, row_number() OVER (PARTITION BY kind ORDER BY rank DESC, id DESC) AS place
                FROM (
                    SELECT id, kind, target_id, shown_id,
                        ts_rank(document, {wanted.query}) + CASE
                            WHEN name = '' THEN 0
                            WHEN name LIKE psa_search_name(%s) THEN 2
                            ELSE word_similarity(psa_search_name(%s), name)
                        END AS rank
                    FROM recent WHERE {wanted.condition}
                ) AS matching
            ) AS placed
            WHERE place <= %s ORDER BY rank DESC, id DESC
            """,  # noqa: S608  (as above)
            [
                floor,
                list(kinds),
                *wanted.query_values,
                _escaped(wanted.whole) + "%",
                wanted.whole,
                *wanted.values,
                AT_MOST,
            ],
        )
        return list(cursor.fetchall())


def _together(terms: Sequence[Term]) -> str:
    return " ".join(term.text for term in terms)


def _escaped(text: str) -> str:
    """Return the text with what LIKE gives a meaning taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _quoted(word: str) -> str:
    """Return one word as text search writes it."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
