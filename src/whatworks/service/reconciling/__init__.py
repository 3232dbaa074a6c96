"""Reconciling: what is published of a council against what its own returns give."""
