"""Arithmetic of contracts on plain values: no database, no clock, no framework."""
