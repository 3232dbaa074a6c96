"""Settings, addresses and the pieces that run before and after every page."""
