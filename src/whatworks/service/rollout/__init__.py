"""Practices, what is done now, and what a practice did."""
