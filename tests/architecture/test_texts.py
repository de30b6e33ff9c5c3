"""Every text is there in French, and every French text can be filled in."""

from babel.messages.pofile import read_po

from scripts.messages import FRENCH, missing_texts, set_in_french
from scripts.texts import Text, code_texts, template_texts

CODE = """
title = _("Tickets")
label = pgettext_lazy("API token", "Works for")
told = ngettext("%(n)d line", "%(n)d lines", n)
"""
TEMPLATE = """
<h1>{% translate "Tickets" %}</h1>
{% blocktranslate count n=lines %}{{ n }} line{% plural %}{{ n }} lines{% endblocktranslate %}
<c-alert title="{% translate 'Saved' context 'notice' %}" />
"""


def test_nothing_is_left_in_english() -> None:
    assert missing_texts() == []


def test_every_translation_takes_what_the_original_takes() -> None:
    with FRENCH.open("rb") as source:
        catalogue = read_po(source, locale="fr")

    assert [(text.id, str(error)) for text, errors in catalogue.check() for error in errors] == []


def test_french_is_set_with_spaces_that_no_line_breaks_at() -> None:
    typed = "« %(name)s » : 5 %% de l'heure ; d'accord ? %(n)s %(days)s, à 8:30"

    assert set_in_french(typed) == (
        "«\u00a0%(name)s\u00a0»\u00a0: 5\u202f%% de l’heure\u202f; d’accord\u202f? "
        "%(n)s %(days)s, à 8:30"
    )


def test_texts_in_code_are_found() -> None:
    assert [text for text, _line in code_texts(CODE)] == [
        Text("Tickets"),
        Text("Works for", "API token"),
        Text("%(n)d line", "", "%(n)d lines"),
    ]


def test_texts_in_templates_are_found() -> None:
    assert [text for text, _line in template_texts(TEMPLATE)] == [
        Text("Tickets"),
        Text("%(n)s line", "", "%(n)s lines"),
        Text("Saved", "notice"),
    ]
