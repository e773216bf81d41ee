"""Pages of decisions, a subject a file."""
