"""Every write of this room, one to a file."""
