"""The steps that terms, holds and promises share; nothing here opens a transaction."""

from django.utils.translation import gettext as _


class CollectingRefused(Exception):
    """It cannot be done as asked; the message says why and nothing has changed."""


def some_words(text: str) -> str:
    """Return what was written, without empty space around it.

    :raises CollectingRefused: nothing was written
    """
    words = text.strip()
    if not words:
        raise CollectingRefused(_("Say in a sentence why."))
    return words
