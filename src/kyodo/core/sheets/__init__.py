"""Workbooks that go out, are filled in elsewhere and come back: recognised, checked, shown, applied at once."""
