"""What was promised: contracts, their dated lines and what they cover."""
