"""The token of a calendar feed: told once, kept as its hash only."""

from hashlib import sha256


def hash_of(token: str) -> str:
    """Return what is kept of a token; 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
