"""What is asked of the database about money that is owed."""
