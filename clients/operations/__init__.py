"""Writes to the parties that are more than one field."""
