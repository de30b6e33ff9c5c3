"""Everything that changes a ticket or the work on it."""
