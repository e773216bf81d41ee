"""公表: what is public of something, as it was at any time, under links that last."""
