"""The file for the bank: pain.008.001.08, the direct debit of ISO 20022."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.ElementTree import fromstring
from sepaxml import SepaDD

SCHEMA = "pain.008.001.08"
NAMESPACE = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
_IN = {"p": NAMESPACE}


@dataclass(frozen=True)
class Creditor:
    """Who collects, and into which account."""

    name: str
    iban: str
    bic: str
    identifier: str


@dataclass(frozen=True)
class Order:
    """One collection: from whom, by which mandate, how much, for what."""

    end_to_end_id: str
    debtor: str
    iban: str
    bic: str
    mandate: str
    signed_on: date
    sequence: str
    amount: Decimal
    text: str


@dataclass(frozen=True)
class Envelope:
    """What the bank knows the file by."""

    reference: str
    scheme: str
    collect_on: date
    made_at: datetime


class FileUnsound(Exception):
    """The file would not say what was ordered."""


def debit_file(envelope: Envelope, creditor: Creditor, orders: list[Order]) -> bytes:
    """Return the file; its counts and sums are those of the orders, group by group.

    :raises FileUnsound: what the library wrote does not add up
    """
    writer = SepaDD(_configuration(envelope, creditor), schema=SCHEMA, clean=True)
    for order in orders:
        writer.add_payment(_payment(envelope, order))
    root = fromstring(writer.export(validate=False))
    _name(root, envelope)
    _check(root, orders)
    register_namespace("", NAMESPACE)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written


def group_reference(reference: str, sequence: str) -> str:
    """Return what the bank quotes when it books all of one sequence in one sum."""
    return f"{reference}-{sequence}"


def _configuration(envelope: Envelope, creditor: Creditor) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": creditor.name,
        "IBAN": creditor.iban,
        "batch": True,
        "creditor_id": creditor.identifier,
        "currency": "EUR",
        "instrument": envelope.scheme,
    }
    return said | ({"BIC": creditor.bic} if creditor.bic else {})


def _payment(envelope: Envelope, order: Order) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": order.debtor,
        "IBAN": order.iban,
        "amount": int(order.amount * 100),
        "type": order.sequence,
        "collection_date": envelope.collect_on,
        "mandate_id": order.mandate,
        "mandate_date": order.signed_on,
        "description": order.text,
        "endtoend_id": order.end_to_end_id,
    }
    return said | ({"BIC": order.bic} if order.bic else {})


def _name(root: Element, envelope: Envelope) -> None:
    """Put our own references where the library puts chance ones."""
    _set(root, "GrpHdr/MsgId", envelope.reference)
    _set(root, "GrpHdr/CreDtTm", envelope.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    for group in _all(root, "PmtInf"):
        sequence = group.findtext("p:PmtTpInf/p:SeqTp", "", _IN)
        name = group.find("p:PmtInfId", _IN)
        if name is not None:
            name.text = group_reference(envelope.reference, sequence)


def _check(root: Element, orders: list[Order]) -> None:
    count, total = len(orders), sum((order.amount for order in orders), Decimal(0))
    counted = sum(int(one.findtext("p:NbOfTxs", "0", _IN)) for one in _all(root, "PmtInf"))
    amounts = (Decimal(one.text or 0) for one in root.iter(f"{{{NAMESPACE}}}InstdAmt"))
    header = (int(_text(root, "GrpHdr/NbOfTxs")), Decimal(_text(root, "GrpHdr/CtrlSum")))
    if header != (count, total) or counted != count or sum(amounts, Decimal(0)) != total:
        raise FileUnsound(header, counted)


def _all(root: Element, path: str) -> list[Element]:
    return root.findall("p:CstmrDrctDbtInitn/" + _path(path), _IN)


def _set(root: Element, path: str, text: str) -> None:
    for element in _all(root, path):
        element.text = text


def _text(root: Element, path: str) -> str:
    return "".join(element.text or "" for element in _all(root, path))


def _path(path: str) -> str:
    return "/".join(f"p:{step}" for step in path.split("/"))
