"""Every write about people that is more than a field of their own."""
