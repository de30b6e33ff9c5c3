"""The frame, set-up, kept mails, dashboards and the firm's settings."""

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import BOTH, READ, SEND, form, own, page, public

ROWS: dict[str, Row] = {
    "home": own(),
    "search": page("accounts.use_desk"),
    "api:search-list": Row(
        "api", {"GET": "accounts.use_desk"}, lambda _world: {}, asks=lambda _world: {"q": "alpha"}
    ),
    "language": public(SEND, posts=lambda _world: {"language": "fr"}),
    "appearance": own(SEND),
    "setup-link": public(READ, lambda _world: {"token": "nothing"}),
    "setup-step": public(BOTH, lambda _world: {"name": "person"}),
    "setup-done": page("accounts.change_firm"),
    "mails": page("core.view_keptmail"),
    "mail": page("core.view_keptmail", lambda world: {"pk": world.mail.pk}),
    "dashboards:overview": page("accounts.view_dashboards"),
    "dashboards:recurring": page("accounts.view_dashboards"),
    "dashboards:revenue": page("accounts.view_dashboards"),
    "clients:firm": form("accounts.change_firm"),
}
