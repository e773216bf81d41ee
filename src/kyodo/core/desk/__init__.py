"""あなたの番: what waits for whoever is signed in, from all modules, on the first page."""
