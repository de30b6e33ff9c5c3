"""Text that becomes part of a page a thousand times."""

from html import escape

from django.utils.safestring import SafeString


def escaped(value: object) -> str:
    """Return a value as text of a page; what is safe already stays as it is.

    Django's own function looks at every argument for texts that are translated later, which takes
    most of its time; here they are translated now.
    """
    text = str(value)
    return text if isinstance(value, SafeString) else escape(text)
