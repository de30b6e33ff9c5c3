"""The rows of the desk as SQL: each statement makes a table's rows from their numbers.

Every choice is a hash of the row's number, the seed and what is chosen, never a random number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Model

from bench.desk_words import SENTENCES, SUBJECTS
from bench.hands import Named
from psa.models import SearchEntry
from tickets.models import ClockStretch, Note, SLAVerdict, StatusChange, Ticket, TicketClock

NOTES_OF_A_TICKET = 4
MOST_BODIES = 20_000
BODIES_OF_A_TICKET = 5
RESPONSE, RESOLUTION = 3_600, 28_800
YEARS = "interval '5 years'"
WRITTEN_AT = "ticket.opened_at + interval '7 minutes' * (i % 40)"
BODY = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """What all rows follow from."""

    seed: int
    now: datetime
    tickets: int
    before_ticket: int
    before_client: int
    clients: int
    before_contact: int
    before_note: int
    before_entry: int
    technicians: list[int]
    boards: list[int]
    policy: int

    def pick(self, number: str, salt: int, most: int) -> str:
        """Return SQL for a whole number from 0 to below ``most``, the same for the same row."""
        hashed = f"hashint8extended(({number})::bigint, {self.seed * 1000 + salt})"
        return f"(({hashed} & 9223372036854775807) % {most})"

    def one_of(self, choices: list[int] | tuple[str, ...], number: str, salt: int) -> str:
        """Return SQL for one of the choices."""
        listed = ", ".join(_literal(choice) for choice in choices)
        return f"(ARRAY[{listed}])[1 + {self.pick(number, salt, len(choices))}]"

    @property
    def bodies(self) -> int:
        """How many different texts there are."""
        return min(MOST_BODIES, BODIES_OF_A_TICKET * self.tickets)

    @property
    def moment(self) -> str:
        """The moment at which the desk is looked at, as SQL."""
        return f"'{self.now.isoformat()}'::timestamptz"


def bodies(facts: Facts) -> Iterator[Named]:
    """Return what makes the texts that tickets and notes are about."""
    yield "what people write", _bodies(facts)


def tickets(facts: Facts) -> Iterator[Named]:
    """Return what makes the tickets, after the texts."""
    yield "tickets", _tickets(facts)


def conversations(facts: Facts) -> Iterator[Named]:
    """Return what makes all that was said and judged on the tickets."""
    yield "notes", _notes(facts)
    yield "verdicts", _verdicts(facts)
    yield "clocks", _clocks(facts)
    yield "stretches of the clocks", _stretches(facts)


def entries(facts: Facts) -> Iterator[Named]:
    """Return what makes the tickets' steps and all that can be found."""
    yield "entries of the search", _entries(facts)
    yield "words that were learnt", _LEARN
    yield "steps", _steps(facts)


def history(event: type[Model]) -> str:
    """Return what tells of each row of a tracked table that it was made, as its trigger would."""
    own = [str(field.column) for field in event._meta.local_concrete_fields]
    kept = ", ".join(f'"{column}"' for column in own if not column.startswith("pgh_"))
    tracked: type[Model] = event.pgh_tracked_model  # type: ignore[attr-defined]  # pghistory's
    return f"""
INSERT INTO {event._meta.db_table} (pgh_created_at, pgh_label, pgh_obj_id, {kept})
SELECT now(), 'insert', id, {kept} FROM {tracked._meta.db_table}"""  # noqa: S608  (made here)


def _insert(model: type[Model], values: dict[str, str], source: str) -> str:
    """Return an INSERT with these columns; the others take the model's defaults."""
    given = dict(values)
    for field in model._meta.local_concrete_fields:
        has_own = field.primary_key or field.db_default is not NOT_PROVIDED
        if field.column not in given and not has_own:
            default = field.get_db_prep_save(field.get_default(), connection)
            given[str(field.column)] = _literal(default)
    columns = ", ".join(f'"{column}"' for column in given)
    made = ", ".join(given.values())
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {made} FROM {source}"  # noqa: S608  (made here)


def _literal(value: Any) -> str:  # noqa: ANN401  (any default of a field)
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def _bodies(facts: Facts) -> str:
    """Three sentences and a reference each, with what the search makes of them after a name."""
    sentences = " || ' ' || ".join(facts.one_of(SENTENCES, "n", 60 + k) for k in range(3))
    return f"""
DROP TABLE IF EXISTS bench_body;
CREATE UNLOGGED TABLE bench_body AS
SELECT n, body, psa_search_document('', body) AS document,
    '¶:1'::tsvector || to_tsvector('fixpoint_en', body)
    || '¶:1'::tsvector || to_tsvector('fixpoint_fr', body) AS after_name
FROM (
    SELECT n, {sentences} || ' Ref. R' || n AS body FROM generate_series(0, {facts.bodies - 1}) AS n
) AS written;
ALTER TABLE bench_body ADD PRIMARY KEY (n);
ANALYZE bench_body"""  # noqa: S608  (made here)


def _tickets(facts: Facts) -> str:
    young = f"n > {facts.tickets} * 0.95"
    client = f"({facts.pick('n', 1, facts.clients)} * {facts.pick('n', 2, 1000)} / 1000)"
    opened = f"{facts.moment} - ({facts.tickets} - n) * ({YEARS} / {facts.tickets})"
    source = f"""(
SELECT dated.*, text.body, closed_at IS NULL AND {facts.pick("dated.n", 4, 10)} < 3 AS waits,
    closed_at IS NULL AND {facts.pick("dated.n", 4, 10)} > 7 AS is_new
FROM (
    SELECT *, CASE WHEN {facts.pick("n", 3, 1000)} >= CASE WHEN {young} THEN 350 ELSE 3 END
        THEN least(opened_at + interval '1 hour' * (1 + {facts.pick("n", 5, 90)}), {facts.moment})
        END AS closed_at
    FROM (
        SELECT n, {client} AS client, {opened} AS opened_at
        FROM generate_series(1, {facts.tickets}) AS n
    ) AS numbered
) AS dated JOIN bench_body AS text ON text.n = {facts.pick("dated.n", BODY, facts.bodies)}
) AS row"""  # noqa: S608  (made here)
    statuses = "(SELECT id FROM tickets_ticketstatus WHERE code = '{}')"
    device = f"' PC-' || {facts.pick('n', 13, 90_000)}"
    assignee = facts.one_of(facts.technicians, "n", 16)
    promised = f"closed_at IS NULL AND NOT waits AND {facts.pick('n', 8, 10)} < 8"
    due = f"{facts.moment} + interval '1 minute' * ({facts.pick('n', 9, 4000)} - 800)"
    return _insert(
        Ticket,
        {
            "id": f"{facts.before_ticket} + n",
            "number": f"'T' || ({facts.before_ticket} + n)",
            "client_id": f"{facts.before_client} + 1 + client",
            "contact_id": f"{facts.before_contact} + 1 + 3 * client + {facts.pick('n', 10, 3)}",
            "board_id": facts.one_of(facts.boards, "n", 11),
            "status_id": f"CASE WHEN closed_at IS NOT NULL THEN {statuses.format('closed')}"
            f" WHEN waits THEN {statuses.format('waiting')}"
            f" WHEN is_new THEN {statuses.format('new')}"
            f" ELSE {statuses.format('in-progress')} END",
            "subject": f"{facts.one_of(SUBJECTS, 'n', 12)} || {device}",
            "description": "body",
            "priority": f"(ARRAY['1_urgent','2_high','3_normal','3_normal','3_normal','4_low'])"
            f"[1 + {facts.pick('n', 15, 6)}]",
            "assignee_id": f"CASE WHEN NOT is_new THEN {assignee} END",
            "opened_at": "opened_at",
            "closed_at": "closed_at",
            "due_at": f"CASE WHEN {promised} THEN {due} END",
            "clock_next_at": f"CASE WHEN {promised} THEN {due} END",
        },
        source,
    )


def _numbered_notes(facts: Facts) -> str:
    """The notes by their numbers: each tenth ticket is talked about much more than the others."""
    count = NOTES_OF_A_TICKET * facts.tickets
    place = f"CASE WHEN {facts.pick('i', 20, 4)} = 0 THEN (i / 40) * 10 ELSE i / 4 END"
    return f"""
(SELECT i, {place} AS place FROM generate_series(0, {count - 1}) AS i) AS numbered
JOIN tickets_ticket AS ticket ON ticket.id = {facts.before_ticket} + 1 + place
JOIN bench_body AS text ON text.n = {facts.pick("i", 21, facts.bodies)}"""  # noqa: S608  (made here)


def _notes(facts: Facts) -> str:
    is_clients = f"{facts.pick('i', 22, 3)} = 0"
    return _insert(
        Note,
        {
            "id": f"{facts.before_note} + 1 + i",
            "ticket_id": "ticket.id",
            "author_id": f"CASE WHEN NOT {is_clients} THEN"
            f" {facts.one_of(facts.technicians, 'i', 23)} END",
            "contact_id": f"CASE WHEN {is_clients} THEN ticket.contact_id END",
            "body": "text.body",
            "is_public": f"{is_clients} OR {facts.pick('i', 24, 3)} > 0",
            "source": f"CASE WHEN {is_clients} THEN 'mail' ELSE 'written' END",
            "written_at": WRITTEN_AT,
        },
        _numbered_notes(facts),
    )


def _steps(facts: Facts) -> str:
    status = "(SELECT id FROM tickets_ticketstatus WHERE code = '{}')"
    return _insert(
        StatusChange,
        {
            "ticket_id": "ticket.id",
            "from_status_id": "from_id",
            "to_status_id": "to_id",
            "changed_by_id": "ticket.assignee_id",
            "changed_at": "coalesce(at, opened_at)",
        },
        f"""tickets_ticket AS ticket, LATERAL (VALUES
    (NULL::bigint, {status.format("new")}, ticket.opened_at),
    ({status.format("new")}, ticket.status_id, ticket.closed_at)
) AS step(from_id, to_id, at)
WHERE ticket.id > {facts.before_ticket} AND (from_id IS NULL OR from_id <> to_id)""",
    )


def _clocks(facts: Facts) -> str:
    return _insert(
        TicketClock,
        {
            "ticket_id": "id",
            "policy_id": str(facts.policy),
            "source": "'board'",
            "response_seconds": str(RESPONSE),
            "resolution_seconds": str(RESOLUTION),
            "responded_at": "CASE WHEN closed_at IS NOT NULL OR assignee_id IS NOT NULL"
            " THEN opened_at + interval '20 minutes' END",
            "solved_first_at": "closed_at",
            "is_paused": "closed_at IS NULL AND due_at IS NULL",
            "response_due_at": f"opened_at + interval '{RESPONSE} seconds'",
            "resolution_due_at": f"coalesce(due_at, opened_at + interval '{RESOLUTION} seconds')",
            "warns_at": "due_at - interval '1 hour'",
        },
        f"tickets_ticket WHERE id > {facts.before_ticket}",
    )


def _stretches(facts: Facts) -> str:
    return _insert(
        ClockStretch,
        {
            "ticket_id": "ticket.id",
            "starts_at": "stretch.starts_at",
            "ends_at": "stretch.ends_at",
            "is_paused": "stretch.pauses",
            "cause": "CASE WHEN stretch.pauses THEN 'status' ELSE 'opened' END",
            "status_id": "ticket.status_id",
            "time_zone": "'Europe/Paris'",
        },
        f"""tickets_ticket AS ticket
JOIN tickets_ticketclock AS clock ON clock.ticket_id = ticket.id, LATERAL (VALUES
    (opened_at, CASE WHEN clock.is_paused THEN opened_at + interval '30 minutes'
        ELSE closed_at END, false),
    (opened_at + interval '30 minutes', NULL, true)
) AS stretch(starts_at, ends_at, pauses)
WHERE ticket.id > {facts.before_ticket} AND (NOT pauses OR clock.is_paused)""",
    )


def _verdicts(facts: Facts) -> str:
    missed = facts.pick("ticket.id", 30, 100) + " < 8"
    return _insert(
        SLAVerdict,
        {
            "ticket_id": "ticket.id",
            "kind": "about.kind",
            "outcome": f"CASE WHEN {missed} THEN 'missed' ELSE 'met' END",
            "judged_at": "ticket.closed_at",
            "due_at": "ticket.opened_at + interval '1 second' * about.target",
            "target_seconds": "about.target",
            "used_seconds": f"CASE WHEN {missed} THEN about.target * 2 ELSE about.target / 2 END",
            "priority": "ticket.priority",
            "policy_id": str(facts.policy),
            "source": "'board'",
            "client_id": "ticket.client_id",
            "board_id": "ticket.board_id",
            "technician_id": "ticket.assignee_id",
        },
        f"""tickets_ticket AS ticket,
(VALUES ('response', {RESPONSE}), ('resolution', {RESOLUTION})) AS about(kind, target)
WHERE ticket.id > {facts.before_ticket} AND ticket.closed_at IS NOT NULL""",
    )


def _entries(facts: Facts) -> str:
    """What the triggers would have kept; entries of a ticket and its notes follow each other.

    It is one transaction that begins with an empty table, so PostgreSQL may leave out its log.
    """
    table = SearchEntry._meta.db_table
    columns = "kind, target_id, shown_id, name, document, changed_at"
    of_a_ticket = NOTES_OF_A_TICKET + 1
    text = facts.pick("ticket.place + 1", BODY, facts.bodies)
    return f"""
TRUNCATE {table};
INSERT INTO {table} (id, {columns})
SELECT {facts.before_entry} - row_number() OVER (), 'client', id, id, psa_search_name(names),
    psa_search_document(names, city), {facts.moment}
FROM (SELECT *, concat_ws(' ', name, code) AS names FROM clients_client) AS client;
INSERT INTO {table} (id, {columns})
SELECT {facts.before_entry} - {facts.clients} - row_number() OVER (), 'contact', id, id,
    psa_search_name(names), psa_search_document(names, ''), {facts.moment}
FROM (SELECT *, concat_ws(' ', first_name, last_name, email) AS names FROM clients_contact)
    AS contact;
INSERT INTO {table} (id, {columns})
SELECT {facts.before_entry} + 1 + {of_a_ticket} * place, 'ticket', id, id, psa_search_name(names),
    ts_delete(
        setweight(
            to_tsvector('fixpoint_en', names) || '¶:1'::tsvector
            || to_tsvector('fixpoint_fr', names), 'A'
        ) || after_name, '¶'
    ), opened_at
FROM (
    SELECT id, opened_at, number || ' ' || subject AS names, id - {facts.before_ticket + 1} AS place
    FROM tickets_ticket WHERE id > {facts.before_ticket}
) AS ticket JOIN bench_body AS text ON text.n = {text};
INSERT INTO {table} (id, {columns})
SELECT {facts.before_entry} + 2 + i + i / {NOTES_OF_A_TICKET}, 'note', {facts.before_note} + 1 + i,
    ticket.id, '', document, {WRITTEN_AT}
FROM {_numbered_notes(facts)}"""  # noqa: S608  (made here)


_LEARN = """
INSERT INTO psa_searchword (stem)
SELECT DISTINCT stem FROM (
    SELECT document FROM bench_body
    UNION ALL
    SELECT document FROM psa_searchentry WHERE kind <> 'note' AND target_id % 50 = 0
) AS known, unnest(tsvector_to_array(document)) AS stem
WHERE length(stem) BETWEEN 4 AND 40 AND stem !~ '[0-9@/.:_\\\\-]'
ON CONFLICT DO NOTHING"""
