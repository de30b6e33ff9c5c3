"""Arithmetic on working time."""
