"""What is asked on pages that belong to no room."""
