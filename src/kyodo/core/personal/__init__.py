"""A person's own data: what the house holds about somebody, handed out, and taken away where nothing forbids it."""
