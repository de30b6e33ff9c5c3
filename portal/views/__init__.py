"""The pages of a client's people."""
