"""How the table of kept groups came to be."""
