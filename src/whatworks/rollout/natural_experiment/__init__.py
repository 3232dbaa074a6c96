"""The effect of a practice, from councils that adopted it at different dates."""
