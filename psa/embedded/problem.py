"""What the launcher says when it cannot go on."""


class EmbeddedProblem(Exception):
    """An embedded part cannot be used; the text is one sentence that says why and what to do."""
