"""What sort of mail it is: from a person, from a machine, or returned to us."""

import re
from dataclasses import dataclass
from email.message import Message

from tickets.domain.mail_reading import Part, ReadMail, content_of, leaves, tried, words
from tickets.domain.mail_words import header_words, message_ids, text_of

AUTOMATIC_HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponse",
    "List-Id",
    "List-Unsubscribe",
)
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "maildaemon"})
NO_REPLY = re.compile(r"(?:no|do-?not|ne-?pas)[-_.]?(?:reply|respond|repondre)")
RETURNED = re.compile(
    r"undeliver|returned mail|delivery (?:status|failure|has failed)|failure notice"
    r"|non remis|chec de (?:la )?remise|unzustellbar",
    re.IGNORECASE,
)
LONGEST_QUOTE = 1_000_000
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A mail server's word about a mail of ours: which it may be, and why it came back."""

    message_ids: frozenset[str]
    is_final: bool
    reason: str


def is_automatic(mail: ReadMail) -> bool:
    """Whether a machine wrote it: nothing must ever answer it by itself."""
    message, sender = mail.message, mail.envelope.sender
    submitted = words(message, "Auto-Submitted").partition(";")[0].strip().lower()
    name = sender.partition("@")[0]
    return (
        submitted not in {"", "no"}
        or words(message, "Precedence").lower() in BULK
        or any(words(message, header) for header in AUTOMATIC_HEADERS)
        or _has_no_return(message)
        or name in DAEMONS
        or bool(NO_REPLY.fullmatch(name))
    )


def wants_no_answer(mail: ReadMail) -> bool:
    """Whether a confirmation would be wrong, or could run in circles."""
    return is_automatic(mail) or bool(words(mail.message, "X-Auto-Response-Suppress"))


def returned(mail: ReadMail) -> Returned | None:
    """Return what a mail server says about a mail of ours, None where it is another mail."""
    parts = list(leaves(mail.message))
    report = next((one for one in parts if _type(one) == "message/delivery-status"), None)
    if report is None and not _looks_returned(mail):
        return None
    quoted = b"\n".join(content_of(one) for one in parts)[:LONGEST_QUOTE]
    ids = {*mail.envelope.references, *message_ids_in(text_of(quoted))}
    facts = _facts(report)
    return Returned(
        message_ids=frozenset(ids),
        is_final=facts.get("action", "failed") == "failed",
        reason=_reason(facts) or mail.envelope.subject,
    )


def message_ids_in(text: str) -> set[str]:
    """Return all ids that a text mentions."""
    found: set[str] = set()
    for line in text.split("\n"):
        if "<" in line and "@" in line:
            found.update(message_ids(line))
    return found


def is_confirmed(mail: ReadMail, checker: str) -> bool:
    """Whether the named server of ours found the sender genuine; only its own word counts."""
    for check in mail.envelope.checks:
        server, _semicolon, results = " ".join(check.split()).partition(";")
        if server.strip().split(" ")[0].lower() == checker.lower():
            return bool(re.search(r"\bdmarc\s*=\s*pass\b", results, re.IGNORECASE))
    return False


def _looks_returned(mail: ReadMail) -> bool:
    sender = mail.envelope.sender.partition("@")[0]
    is_daemons = sender in DAEMONS or _has_no_return(mail.message)
    return is_daemons and bool(RETURNED.search(mail.envelope.subject))


def _has_no_return(message: Part) -> bool:
    return words(message, "Return-Path").replace(" ", "") == "<>"


def _type(part: Part) -> str:
    return str(tried(part.get_content_type, ""))


def _facts(report: Part | None) -> dict[str, str]:
    """Return the facts of the report's last recipient, by their names in lower case."""
    facts: dict[str, str] = {}
    blocks = report.get_payload() if report is not None else []
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message):
            facts.update({str(name).lower(): header_words(str(v)) for name, v in block.items()})
    return {name: value.strip() for name, value in facts.items()} | _lower(facts, "action")


def _lower(facts: dict[str, str], name: str) -> dict[str, str]:
    return {name: facts[name].strip().lower()} if name in facts else {}


def _reason(facts: dict[str, str]) -> str:
    told = facts.get("diagnostic-code", "").partition(";")[2].strip() or facts.get("status", "")
    recipient = facts.get("final-recipient", "").partition(";")[2].strip()
    return ": ".join(part for part in (recipient, told) if part)[:LONGEST_REASON]
