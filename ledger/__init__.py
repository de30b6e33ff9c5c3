"""The accountant's books."""
