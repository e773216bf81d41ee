"""Forms of the needs pages, by who fills them in."""
