"""What can be typed about billing, and what is wrong with it."""
