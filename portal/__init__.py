"""What a client's people see."""
