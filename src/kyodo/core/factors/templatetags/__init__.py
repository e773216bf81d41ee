"""Tags of the second factor."""
