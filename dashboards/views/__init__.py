"""The pages that managers read."""
