"""Pages of needs, by what one comes for. A view translates, makes one call, and answers."""
