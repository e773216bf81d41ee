"""やさしい日本語: the same in short sentences and plain words, written by the operator for a public page."""
