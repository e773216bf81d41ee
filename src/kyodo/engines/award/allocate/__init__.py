"""Shares what an award costs among the buyers by rules that anybody can recompute."""
