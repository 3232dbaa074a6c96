"""Signing in and out, passwords, the second step, and a person's own page."""
