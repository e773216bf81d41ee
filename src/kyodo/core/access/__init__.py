"""Who may do what: actors, roles in words, permissions, and the doors that every page and operation stands behind."""
