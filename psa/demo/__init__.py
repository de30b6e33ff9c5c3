"""The demonstration firm: two years of work, made by the same operations that people use."""
