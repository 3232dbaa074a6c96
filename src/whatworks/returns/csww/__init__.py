"""CSWW: the yearly census of the workforce of children's social workers."""
