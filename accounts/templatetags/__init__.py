"""What templates can say about people."""
