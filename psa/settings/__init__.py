"""Settings: what all share in ``base``, and three thin children."""
