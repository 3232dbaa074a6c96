"""How close the invented children of a demonstration are to England's published figures."""
