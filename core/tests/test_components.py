"""Components that look the same for the same attributes are drawn once."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, engines
from django.utils.safestring import SafeString

from core.templatetags import components

READS_MORE = re.compile(
    r"\b(request|user|shell|perms|messages|csrf_token|LANGUAGE_CODE|now|translate|blocktranslate)\b"
)


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


@pytest.mark.parametrize("name", sorted(components.ALIKE))
def test_a_component_that_is_kept_reads_nothing_but_its_attributes(name: str) -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "cotton"
    text = (folder / f"{name.replace('-', '_')}.html").read_text(encoding="utf-8")
    code = text.partition("{% endcomment %}")[2]

    tags = re.sub(r"'[^']*'", "", " ".join(re.findall(r"{[{%].*?[%}]}", code)))

    assert READS_MORE.findall(tags) == []
