"""Each file tests one thing that somebody gets from the award engine."""
