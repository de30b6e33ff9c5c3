"""What is read across all rooms: the search."""

from psa.queries.search import Found, Group, Hit, Results, search

__all__ = ["Found", "Group", "Hit", "Results", "search"]
