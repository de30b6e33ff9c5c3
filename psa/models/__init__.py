"""What the project itself remembers."""

from psa.models.legacy import LegacyRow
from psa.models.search import LearntUpTo, SearchEntry, SearchKind, SearchWord

__all__ = ["LearntUpTo", "LegacyRow", "SearchEntry", "SearchKind", "SearchWord"]
