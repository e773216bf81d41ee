"""Tags of entries by proxy."""
