"""What the house forbids, and what every part of it must have."""
