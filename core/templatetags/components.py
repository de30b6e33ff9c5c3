"""Components as cotton draws them, and without drawing them anew where they come out alike.

A page shows the same icon or badge a hundred times, and every page the same navigation. What such a
component looks like follows from its attributes, its content and the language alone, so it is drawn
once and kept.
"""

from typing import Any

from django.core.signals import setting_changed
from django.template import Context, Library, engines
from django.template.base import Node, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_cotton.templatetags import UnprocessableDynamicAttr
from django_cotton.templatetags._component import (
    AttrKind,
    CottonComponentNode,
    PreparedAttr,
    cotton_component,
)
from django_cotton.templatetags._slot import CottonSlotNode

register = Library()

# A template named here reads nothing but its attributes and its content: a test looks after that.
ALIKE = frozenset(
    {
        "badge",
        "icon",
        "keys-dialog",
        "menu-item",
        "menu-of-links",
        "page-assets",
        "search-dialog",
        "side-nav",
        "tab",
    }
)
KEPT_AT_MOST = 5_000
_PLAIN = (str, bool, int, type(None))
_kept: dict[tuple[object, ...], SafeString] = {}


class AlikeComponentNode(CottonComponentNode):
    """A component that is drawn once for the same attributes and content."""

    def render(self, context: Context) -> SafeString:
        """Return what was drawn before, or draw it and keep it."""
        key = self._key(context)
        if key is None:
            return SafeString(super().render(context))
        if (found := _kept.get(key)) is not None:
            return found
        if len(_kept) >= KEPT_AT_MOST:
            _kept.clear()
        return _kept.setdefault(key, SafeString(super().render(context)))

    def _key(self, context: Context) -> tuple[object, ...] | None:
        """Return what the HTML follows from; None where an attribute is more than a plain value."""
        key: list[object] = [self.component_name, get_language()]
        for attr in self._prepared_attrs:
            try:
                value = _value(attr, context)
            except UnprocessableDynamicAttr:
                return None
            if not _is_plain(value):
                return None
            # Text that is safe already is another thing than the same text that is not.
            key += (attr.key, value.__class__, value)
        if self.nodelist:
            key.append(self.nodelist.render(context))
        return tuple(key)


def icon(name: str, size: str = "", look: str = "") -> SafeString:
    """Return the icon as <c-icon> draws it, for what is drawn without a template."""
    key = ("icon()", name, size, look)
    if key not in _kept:
        source = '{% cotton icon :name="name" :size="size" :class="look" %}{% endcotton %}'
        drawn = (
            engines["django"].from_string(source).render({"name": name, "size": size, "look": look})
        )
        _kept[key] = SafeString(drawn.strip())
    return _kept[key]


def _is_plain(value: object) -> bool:
    """Whether it says all there is to it: a text, a number, or a tuple of such."""
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return isinstance(value, _PLAIN)


def _value(attr: PreparedAttr, context: Context) -> Any:  # noqa: ANN401  (an attribute is anything)
    if attr.kind in {AttrKind.DYNAMIC, AttrKind.UNQUOTED}:
        return attr.compiled.resolve(context)
    return attr.compiled.render(context) if attr.compiled else attr.value


@register.tag("cotton")
def component(parser: Parser, token: Token) -> Node:
    """Read a component's tag; cotton writes one for every <c-name>."""
    tag = cotton_component(parser, token)
    has_slots = any(tag.nodelist.get_nodes_by_type(CottonSlotNode)) if tag.nodelist else False
    if tag.component_name in ALIKE and not has_slots:
        tag.__class__ = AlikeComponentNode
    node: Node = tag
    return node


def _forget(**_changed: object) -> None:
    _kept.clear()


setting_changed.connect(_forget)
