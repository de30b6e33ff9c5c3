"""The rules of the house that no tool knows: each finds the lines that break it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from tests.architecture.sources import CHECKOUT, product_files, templates

Finder = Callable[[str], Iterator[int]]
Files = Callable[[], list[Path]]
CLOCKS = frozenset({"now", "localdate", "localtime", "today", "utcnow"})
SENDERS = frozenset({"delay", "apply_async", "send_task"})


@dataclass(frozen=True)
class Rule:
    """A rule, where it holds, and an example of each side."""

    name: str
    reason: str
    files: Files
    find: Finder
    good: str
    bad: str


def _nodes(source: str) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(source))


def _floats(source: str) -> Iterator[int]:
    for node in _nodes(source):
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno


def _calls(source: str) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in _nodes(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def _plain_calls(source: str) -> Iterator[ast.Call]:
    for node in _nodes(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def _objects_get(source: str) -> Iterator[int]:
    for node, called in _calls(source):
        owner = called.value
        if called.attr == "get" and isinstance(owner, ast.Attribute) and owner.attr == "objects":
            yield node.lineno
    owned = {model.__name__ for model in apps.get_models() if _can_be_owned(model)}
    for node in _plain_calls(source):
        is_finder = ast.unparse(node.func) in {"get_object_or_404", "get_list_or_404"}
        if is_finder and ast.unparse(node.args[0]) in owned:
            yield node.lineno


def _can_be_owned(model: type[Model]) -> bool:
    return hasattr(model._default_manager.all(), "visible_to")


def _sending(source: str) -> Iterator[int]:
    yield from (node.lineno for node, called in _calls(source) if called.attr in SENDERS)


def _clock(source: str) -> Iterator[int]:
    for node, called in _calls(source):
        owner = called.value
        named = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if called.attr in CLOCKS and named in {"timezone", "datetime", "date", "time"}:
            yield node.lineno
    for node in _plain_calls(source):
        if ast.unparse(node.func) in {"localdate", "localtime"}:
            yield node.lineno


def _save_override(source: str) -> Iterator[int]:
    for node in _nodes(source):
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
            yield node.lineno


def _model_signals(source: str) -> Iterator[int]:
    for node in _nodes(source):
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
            yield node.lineno


def _unsafe_html(source: str) -> Iterator[int]:
    for node in _plain_calls(source):
        is_constant = bool(node.args) and isinstance(node.args[0], ast.Constant)
        if ast.unparse(node.func) == "mark_safe" and not is_constant:
            yield node.lineno


def _matching(pattern: str) -> Finder:
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(source: str) -> Iterator[int]:
        for found in compiled.finditer(source):
            yield source.count("\n", 0, found.start()) + 1

    return find


def _models() -> list[Path]:
    return product_files("models", "models.py")


def _money() -> list[Path]:
    return [*product_files("domain", "operations"), CHECKOUT / "core" / "money.py"]


def _edgeless() -> list[Path]:
    return product_files("domain", "operations", "queries", "queries.py")


def _views() -> list[Path]:
    return product_files("views", "views.py", "api")


def _all_but_doorbell() -> list[Path]:
    return [path for path in product_files() if path.name != "doorbell.py"]


def _all_but_apps() -> list[Path]:
    return [path for path in product_files() if path.name != "apps.py"]


RULES = [
    Rule(
        "no float in money code",
        "amounts are Decimal, so that cents are exact",
        _money,
        _floats,
        good='price = Decimal("9.5")',
        bad="price = 9.5",
    ),
    Rule(
        "views find by visible_to",
        "it is the only door: a foreign object does not exist",
        _views,
        _objects_get,
        good="get_object_or_404(Invoice.objects.visible_to(user), pk=pk)",
        bad="get_object_or_404(Invoice, pk=pk)",
    ),
    Rule(
        "tasks are rung, not sent",
        "core.doorbell rings after the commit and survives a broker that is away",
        _all_but_doorbell,
        _sending,
        good="ring(draft_batch, run_id=run.pk)",
        bad="draft_batch.delay(run_id=run.pk)",
    ),
    Rule(
        "only edges read the clock",
        "what is calculated for a day can be calculated again",
        _edgeless,
        _clock,
        good="due = issued_on + timedelta(days=30)",
        bad="due = timezone.now().date() + timedelta(days=30)",
    ),
    Rule(
        "models do not override save",
        "a write is an operation one can find by its name",
        _models,
        _save_override,
        good="class Invoice:\n    def is_draft(self): ...",
        bad="class Invoice:\n    def save(self): ...",
    ),
    Rule(
        "no signals of models",
        "bulk writes pass them by, and nobody sees who listens",
        _all_but_apps,
        _model_signals,
        good="from django.dispatch import Signal",
        bad="from django.db.models.signals import post_save",
    ),
    Rule(
        "HTML is built by format_html",
        "what a client typed is text and stays text",
        product_files,
        _unsafe_html,
        good='mark_safe("<br>")',
        bad="mark_safe(name)",
    ),
    Rule(
        "no inline style",
        "the page's policy refuses it, and colours live in the stylesheet",
        templates,
        _matching(r"<style\b|\sstyle\s*="),
        good='<p class="text-quiet">',
        bad='<p style="color: grey">',
    ),
    Rule(
        "no inline script",
        "the page's policy refuses it",
        templates,
        _matching(
            r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son[a-z]+\s*=\s*[\"']"
            r"|javascript:"
        ),
        good='<script src="/static/app/app.js" defer></script>',
        bad='<button onclick="go()">',
    ),
    Rule(
        "no |safe in templates",
        "what a client typed is text and stays text",
        templates,
        _matching(r"\|\s*safe(seq)?\b|autoescape off"),
        good="{{ note.text|linebreaks }}",
        bad="{{ note.text|safe }}",
    ),
]
