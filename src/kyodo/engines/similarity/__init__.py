"""Texts that mean the same: needs told in different words, demand lines that could be bought together.

For officers who post a need or align a joint purchase. How it works and how well: docs/engines/similarity.md.
"""
