"""Billing that is killed, raced, told twice and left without servers, and must end as ever.

A small firm, made by a seed, is billed once undisturbed. Then it is billed again and again from the
same start, disturbed each time in another way, and its books must come out the same, document by
document. ``make torture`` does it at full size.
"""
