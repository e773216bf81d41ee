"""Generalised assignment: each job to one agent, each agent within its capacity, at the least cost."""
