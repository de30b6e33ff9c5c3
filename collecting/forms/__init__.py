"""What people fill in to collect what is owed."""
