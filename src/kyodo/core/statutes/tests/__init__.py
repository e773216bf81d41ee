"""What somebody gets from the table of law and ordinances."""
