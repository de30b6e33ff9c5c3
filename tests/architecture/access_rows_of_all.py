"""The rows of all rooms together."""

from tests.architecture.access_ladder import Row
from tests.architecture.rows import (
    api,
    billing,
    board,
    clocks,
    desk,
    firm,
    hours,
    lifecycle,
    mail,
    maintenance,
    parties,
    people,
    plans,
    portal,
    previews,
    terms,
    tickets,
    time,
)

ROWS: dict[str, Row] = {
    **people.ROWS,
    **firm.ROWS,
    **parties.ROWS,
    **plans.ROWS,
    **lifecycle.ROWS,
    **maintenance.ROWS,
    **terms.ROWS,
    **tickets.ROWS,
    **mail.ROWS,
    **clocks.ROWS,
    **time.ROWS,
    **desk.ROWS,
    **board.ROWS,
    **billing.ROWS,
    **hours.ROWS,
    **portal.ROWS,
    **previews.ROWS,
    **api.ROWS,
}
