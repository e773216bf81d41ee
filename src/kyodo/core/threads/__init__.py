"""やりとり: posts about anything that has a page, internal notes apart from them, edits that keep what was there."""
