"""Posts about anything that has a page."""
