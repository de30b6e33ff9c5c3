"""What is done: tickets, notes, time entries, parts used, flat-rate services."""
