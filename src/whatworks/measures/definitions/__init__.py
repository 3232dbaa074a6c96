"""The measures, one definition each, a file a theme."""
