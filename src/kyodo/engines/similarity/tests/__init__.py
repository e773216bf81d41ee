"""Tests of the similarity engine."""
