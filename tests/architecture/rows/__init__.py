"""Rows of the access ladder, room by room."""
