"""What the desk reads: the list of tickets, and everything on one ticket's page."""
