"""CAMT.053, the statement of ISO 20022 that banks in Europe send (versions .02 to .08)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from billing.domain.statement import (
    Statement,
    StatementLine,
    UnreadableStatement,
    amount_from,
    identified,
)

BOOKED = "BOOK"


def read_camt(content: bytes) -> Statement:
    """Read all booked entries of all statements in a file.

    :raises UnreadableStatement: it is no such file, or an entry lacks what every entry must have
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        raise UnreadableStatement("xml", error.position[0]) from None
    except (DefusedXmlException, ValueError, LookupError):
        raise UnreadableStatement("xml") from None
    if not root.tag.startswith("{urn:iso:std:iso:20022:tech:xsd:camt.053.001."):
        raise UnreadableStatement("not_camt")
    _drop_namespaces(root)
    entries = root.findall("BkToCstmrStmt/Stmt/Ntry")
    lines = [one for place, entry in enumerate(entries, 1) for one in _lines(entry, place)]
    iban = _text(root, "BkToCstmrStmt/Stmt/Acct/Id/IBAN").replace(" ", "")
    return Statement("camt", iban, identified(lines))


def _drop_namespaces(root: Element) -> None:
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]


def _lines(entry: Element, place: int) -> Iterator[StatementLine]:
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    if status and status != BOOKED:
        return
    details = entry.findall("NtryDtls/TxDtls")
    whole = _amount(entry, place)
    if len(details) > 1:
        parts = [_amount_of_detail(one, place) for one in details]
        if all(part is not None for part in parts) and sum(filter(None, parts)) == abs(whole):
            for number, (detail, part) in enumerate(zip(details, parts, strict=True), 1):
                share = (part or Decimal(0)) * (1 if whole > 0 else -1)
                yield _line(entry, detail, share, (place, number))
            return
    yield _line(entry, details[0] if len(details) == 1 else None, whole, (place, 0))


def _line(
    entry: Element, detail: Element | None, amount: Decimal, where: tuple[int, int]
) -> StatementLine:
    place, number = where
    party = "Dbtr" if amount > 0 else "Cdtr"
    said = detail if detail is not None else entry
    code = _text(said, "RtrInf/Rsn/Cd")
    reference = _text(said, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef")
    if number and reference == _text(entry, "AcctSvcrRef") and reference:
        reference = f"{reference}/{number}"
    return StatementLine(
        booked_on=_day(entry, place),
        amount=amount,
        currency=_element(entry, "Amt", place).get("Ccy", ""),
        name=_text(said, f"RltdPties/{party}/Nm") or _text(said, f"RltdPties/{party}/Pty/Nm"),
        iban=_text(said, f"RltdPties/{party}Acct/Id/IBAN").replace(" ", ""),
        text=_remittance(entry, said),
        bank_reference=reference,
        return_code=code,
        is_return=amount < 0
        and ((detail is not None and detail.find("RtrInf") is not None) or _is_reversal(entry)),
    )


def _remittance(entry: Element, said: Element) -> str:
    parts = [
        *(one.text or "" for one in said.findall("RmtInf/Ustrd")),
        *(one.text or "" for one in said.findall("RmtInf/Strd/CdtrRefInf/Ref")),
        *(one.text or "" for one in said.findall("RmtInf/Strd/RfrdDocInf/Nb")),
        _text(said, "Refs/EndToEndId").replace("NOTPROVIDED", ""),
        *_batch_names(entry),
        _text(entry, "AddtlNtryInf"),
    ]
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _batch_names(entry: Element) -> list[str]:
    """Return by which names of ours the bank booked a file, or a group of it, in one sum."""
    paths = ("NtryDtls/Btch/MsgId", "NtryDtls/Btch/PmtInfId")
    return [_text(entry, path) for path in paths]


def _is_reversal(entry: Element) -> bool:
    return _text(entry, "RvslInd") == "true"


def _amount(entry: Element, place: int) -> Decimal:
    amount = amount_from(_element(entry, "Amt", place).text or "", place)
    if amount < 0:  # the direction says whether it left
        raise UnreadableStatement("amount", place, str(amount))
    direction = _text(entry, "CdtDbtInd")
    if direction not in {"CRDT", "DBIT"}:
        raise UnreadableStatement("direction", place, direction)
    return amount if direction == "CRDT" else -amount


def _amount_of_detail(detail: Element, place: int) -> Decimal | None:
    written = _text(detail, "Amt") or _text(detail, "AmtDtls/TxAmt/Amt")
    return amount_from(written, place) if written else None


def _day(entry: Element, place: int) -> date:
    written = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")[:10]
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UnreadableStatement("day", place, written) from None


def _element(entry: Element, path: str, place: int) -> Element:
    found = entry.find(path)
    if found is None:
        raise UnreadableStatement("amount", place)
    return found


def _text(element: Element, path: str) -> str:
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""
