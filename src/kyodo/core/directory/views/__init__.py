"""Pages of the directory and of invitations."""
