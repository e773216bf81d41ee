"""Reads of the directory and of invitations."""
