"""What every room shares: organisations, people, who may see what, the furniture of pages."""
