"""Writes that belong to the whole product."""
