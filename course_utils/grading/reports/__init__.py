"""What comes of it: marks, the store of finished runs, pages and tables."""
