"""Template filters of needs."""
