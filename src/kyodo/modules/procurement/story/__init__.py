"""Cases as pages tell them: steps, whose turn it is, what is due."""
