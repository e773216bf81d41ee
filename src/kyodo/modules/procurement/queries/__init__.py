"""Reads of joint procurement, as frozen rows; each starts at what the actor may see or holds."""
