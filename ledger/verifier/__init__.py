"""The program that verifies an archive without the product; it goes into each archive."""
