"""Writing XML: elements from nested calls, what is empty left out."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lxml import etree

Element = Any  # an element of lxml, which has no types


class Writer:
    """Makes elements of the namespaces it knows; tags are written ``prefix:Name``."""

    def __init__(self, namespaces: dict[str | None, str]) -> None:
        self.namespaces = namespaces

    def __call__(self, tag: str, *content: Element | str | None, **attributes: str) -> Element:
        """Return an element with its attributes, its children or its text."""
        element = etree.Element(self._name(tag), attributes, nsmap=self.namespaces)
        for part in content:
            if isinstance(part, str):
                element.text = clean(part)
            elif part is not None:
                element.append(part)
        return element

    def maybe(self, tag: str, text: str, **attributes: str) -> Element | None:
        """Return an element with the text, nothing where there is none."""
        return self(tag, text, **attributes) if text.strip() else None

    def several(self, tag: str, parts: Iterable[Element | None]) -> Element | None:
        """Return an element with the parts that there are, nothing where there are none."""
        there = [part for part in parts if part is not None]
        return self(tag, *there) if there else None

    def _name(self, tag: str) -> str:
        prefix, _, name = tag.rpartition(":")
        return f"{{{self.namespaces[prefix or None]}}}{name}"


def money(amount: Decimal) -> str:
    """Write an amount with its two decimals."""
    return f"{amount:.2f}"


def clean(text: str) -> str:
    """Return the text without the signs that XML cannot carry."""
    return "".join(sign for sign in text if _fits(sign)).strip()


def _fits(sign: str) -> bool:
    return (sign >= " " or sign in "\t\n\r") and sign not in "\ufffe\uffff"


def written(root: Element) -> bytes:
    """Return the document as it is stored and sent."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
