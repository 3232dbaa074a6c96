"""What research says, and how far to rely on it."""
