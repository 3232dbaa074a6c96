"""What a council decided, its targets, and what it learned."""
