"""The words somebody types into a search field, read as they are meant."""

import re
from dataclasses import dataclass

MOST_TERMS = 12
LONGEST = 200
TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One word, one name with signs in it, or several words in quotation marks."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False
    is_unfinished: bool = False

    @property
    def is_plain_word(self) -> bool:
        """Whether it is letters and digits only, so that its stem can be sought."""
        return not self.is_phrase and self.text.isalnum()


def read_terms(typed: str) -> list[Term]:
    """Read ``printer "paper jam" -toner`` as a word, a phrase and a word that must not occur.

    The last word may still be growing while somebody types, so its beginning is enough, unless a
    space or a quotation mark has ended it.
    """
    typed = typed.replace("\x00", " ")[:LONGEST]
    terms = [term for match in TERM.finditer(typed) if (term := _term(match)).text]
    terms = terms[:MOST_TERMS]
    if terms and not typed[-1:].isspace() and terms[-1].is_plain_word:
        terms[-1] = Term(terms[-1].text, is_excluded=terms[-1].is_excluded, is_unfinished=True)
    return terms


def _term(match: re.Match[str]) -> Term:
    phrase = match["phrase"]
    text = phrase if phrase is not None else match["word"]
    if not any(letter.isalnum() for letter in text):
        text = ""
    return Term(text.strip(), is_phrase=phrase is not None, is_excluded=bool(match["minus"]))
