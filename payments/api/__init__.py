"""Direct debits, for programs."""
