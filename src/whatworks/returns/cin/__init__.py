"""CIN: the yearly census of children in need."""
