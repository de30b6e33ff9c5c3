"""Arithmetic of the books: which account, which month, which side; no database, no clock."""
