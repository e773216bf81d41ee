"""Real servers, really killed: whatever was acknowledged is there, once, and nothing is there by half."""
