"""Whole stories, from evidence to paper, with sums written beside the numbers."""
