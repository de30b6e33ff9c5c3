"""Writes to the catalog that are more than one field."""
