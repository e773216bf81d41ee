"""Real worker processes on a database of their own."""
