"""Tests of the entrances."""
