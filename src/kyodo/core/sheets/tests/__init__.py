"""Sheets, from the template to what was applied."""
