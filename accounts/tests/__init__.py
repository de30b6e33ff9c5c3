"""How this room is tested."""
