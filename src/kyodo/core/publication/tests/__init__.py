"""What is public, and was."""
