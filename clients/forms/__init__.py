"""What can be typed about the parties, and what is wrong with it."""
