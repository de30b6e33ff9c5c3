"""Rules of collecting: pure arithmetic and words."""
