"""Components that look the same for the same attributes are drawn once."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.template import Context, engines
from django.utils import translation
from django.utils.safestring import SafeString

from core.templatetags import components

READS_MORE = re.compile(r"\b(request|user|shell|perms|messages|csrf_token|LANGUAGE_CODE|now)\b")


class Link(NamedTuple):
    """A link as the navigation has it."""

    label: str
    url: str
    icon: str
    is_current: bool = False


def drawn(source: str, **context: object) -> str:
    template = engines["django"].from_string(source)
    return str(template.template.render(Context(context)))  # type: ignore[attr-defined]  # Django's


def test_a_badge_looks_as_its_attributes_and_its_content_say() -> None:
    source = '{% cotton badge tone="{{ tone }}" dot %}{{ text }}{% endcotton %}'

    pages = [drawn(source, tone=tone, text=text) for tone, text in (("bad", "a"), ("good", "b"))]

    assert [" ".join(page.split()) for page in pages] == [
        '<span class="tone tone-bad tone-dot " >a</span>',
        '<span class="tone tone-good tone-dot " >b</span>',
    ]


def test_what_was_drawn_is_kept_for_the_next_page() -> None:
    components._forget()
    drawn('{% cotton badge tone="info" %}kept{% endcotton %}')
    kept = dict(components._kept)

    drawn('{% cotton badge tone="info" %}kept{% endcotton %}')

    assert components._kept == kept
    assert len([key for key in kept if key[0] == "badge"]) == 1


def test_the_same_text_is_escaped_where_it_is_not_safe_already() -> None:
    source = '{% cotton tab href="/" :count="count" %}x{% endcotton %}'

    safe = drawn(source, count=SafeString("<b>1</b>"))
    unsafe = drawn(source, count="<b>1</b>")

    assert "<b>1</b>" in safe
    assert "&lt;b&gt;1&lt;/b&gt;" in unsafe


def test_no_more_is_kept_than_was_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    components._forget()
    monkeypatch.setattr(components, "KEPT_AT_MOST", 3)

    for n in range(5):
        drawn("{% cotton badge %}{{ n }}{% endcotton %}", n=n)

    assert len(components._kept) == 2


def test_links_of_a_tuple_are_told_apart() -> None:
    source = "{% cotton menu-of-links :links='links' %}{% endcotton %}"

    pages = [drawn(source, links=(Link(name, "/", "plus"),)) for name in ("Ticket", "Client")]

    assert ["Ticket" in page for page in pages] == [True, False]
    assert ["Client" in page for page in pages] == [False, True]


def test_a_row_is_never_taken_for_what_it_was_when_it_was_drawn() -> None:
    assert not components._is_plain(("name", object()))
    assert components._is_plain(("name", ("icon", True, None)))


def test_what_was_drawn_in_one_language_is_not_shown_in_another() -> None:
    source = "{% cotton keys-dialog %}{% endcotton %}"

    with translation.override("en"):
        english = drawn(source)
    with translation.override("fr"):
        french = drawn(source)

    assert "Keys of this page" in english
    assert "Keys of this page" not in french


@pytest.mark.parametrize("name", sorted(components.ALIKE))
def test_a_component_that_is_kept_reads_nothing_but_its_attributes(name: str) -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "cotton"
    text = (folder / f"{name.replace('-', '_')}.html").read_text(encoding="utf-8")
    code = text.partition("{% endcomment %}")[2]

    tags = re.sub(r"'[^']*'", "", " ".join(re.findall(r"{[{%].*?[%}]}", code)))

    assert READS_MORE.findall(tags) == []
