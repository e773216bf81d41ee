"""The first page: for whoever comes in from outside the public front, for whoever is signed in what waits for them."""
