"""A small server that speaks Stripe's documented API over HTTP, and signs as Stripe signs.

It knows two keys and the calls that the product makes: the account, and payment pages that are
made, read and expired. A request with an idempotency key that it has seen is answered as before.
"""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

KEY, RESTRICTED = "sk_test_fixpoint", "rk_test_fixpoint"
SECRET = "whsec_fixpoint"  # noqa: S105  (of a test)


@dataclass
class StripeServer:
    """What it was asked for, and the pages it made."""

    url: str = ""
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    is_down: bool = False

    def answer(self, request: BaseHTTPRequestHandler) -> tuple[int, dict[str, Any]]:
        """Answer a call."""
        length = int(request.headers.get("Content-Length") or 0)
        said = dict(parse_qsl(request.rfile.read(length).decode()))
        path = request.path.partition("?")[0]
        self.asked.append((request.command, path, said))
        if self.is_down:
            return 500, _error("api_error", "down")
        key = str(request.headers.get("Authorization")).removeprefix("Bearer ")
        if key not in {KEY, RESTRICTED}:
            return 401, _error("invalid_request_error", "Invalid API Key provided")
        again = request.headers.get("Idempotency-Key", "")
        if again in self.answers and request.command == "POST":
            return self.answers[again]
        found = self._answer(request.command, path, said, key)
        if again:
            self.answers[again] = found
        return found

    def _answer(
        self, verb: str, path: str, said: dict[str, str], key: str
    ) -> tuple[int, dict[str, Any]]:
        if path == "/v1/account":
            if key == RESTRICTED:
                return 403, _error("invalid_request_error", "The provided key cannot do this")
            profile = {"name": "Dépann'Info Services"}
            return 200, {"id": "acct_1", "object": "account", "business_profile": profile}
        if (verb, path) == ("POST", "/v1/checkout/sessions"):
            return 200, self._page(said)
        name, _slash, deed = path.removeprefix("/v1/checkout/sessions/").partition("/")
        page = self.pages.get(name)
        if page is None:
            return 404, _error("invalid_request_error", f"No such checkout.session: {name}")
        if deed == "expire":
            page["status"] = "expired"
        return 200, page

    def _page(self, said: dict[str, str]) -> dict[str, Any]:
        name = f"cs_test_{len(self.pages) + 1}"
        self.pages[name] = {
            "id": name,
            "object": "checkout.session",
            "status": "open",
            "url": f"https://checkout.stripe.com/c/pay/{name}",
            "client_reference_id": said["client_reference_id"],
            "amount_total": int(said["line_items[0][price_data][unit_amount]"]),
            "currency": said["line_items[0][price_data][currency]"],
            "livemode": False,
        }
        return self.pages[name]


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message}}


@contextmanager
def stripe_server() -> Iterator[StripeServer]:
    """Serve until the block ends."""
    stripe = StripeServer()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            status, body = stripe.answer(self)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _do  # noqa: N815  (the library's names)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    stripe.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stripe
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def signed(body: bytes, at: int, secret: str = SECRET) -> str:
    """Return the header with which Stripe signs a message, worked out after its documentation."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={mac}"


def message(kind: str, thing: dict[str, Any], number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a message about a thing as Stripe writes it, of 8 April 2026 at noon UTC."""
    return {
        "id": f"evt_{number}",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": 1775649600,
        "livemode": False,
        "type": kind,
        "data": {"object": thing},
        **fields,
    }
