"""Tests of the field's calendar."""
