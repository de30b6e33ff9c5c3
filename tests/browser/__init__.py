"""Journeys in a real browser, one to a file."""
