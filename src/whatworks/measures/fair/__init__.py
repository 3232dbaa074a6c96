"""Fair comparison: between councils, over the years of one council, and why its number changed."""
