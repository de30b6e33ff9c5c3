"""Collecting, for programs."""
