"""Arithmetic on values: no Django, no clock, no database."""
