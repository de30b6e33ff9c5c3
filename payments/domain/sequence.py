"""Which collection by a mandate one is."""

FIRST, RECURRENT, ONE_OFF, FINAL = "FRST", "RCUR", "OOFF", "FNAL"


def sequence_of(*, is_one_off: bool, was_collected: bool, is_last: bool) -> str:
    """Return how SEPA calls it; the last one of a mandate never used before is its only one."""
    if is_one_off or (is_last and not was_collected):
        return ONE_OFF
    if is_last:
        return FINAL
    return RECURRENT if was_collected else FIRST
