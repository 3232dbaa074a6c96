"""The public pages: what this is, what it stands on, and how it treats those who use it."""
