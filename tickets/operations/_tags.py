"""Finding tags by their name; opens no transaction."""

from tickets.models import Tag


def tag_of(name: str) -> Tag:
    """Return the tag of this name, as tags are written; one that is new is made."""
    return Tag.objects.get_or_create(name=name)[0]
