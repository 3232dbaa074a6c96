"""What every room shares: organisations, people, roles, who may see what, and the furniture of pages."""
