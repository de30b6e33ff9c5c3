"""What can be typed about plans and contracts."""
