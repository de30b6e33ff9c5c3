"""Clients and contacts from a spreadsheet: read, match columns, plan, and only then write."""
