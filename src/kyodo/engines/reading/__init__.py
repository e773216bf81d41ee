"""From the bytes of a file to its fields, shared by all engines: every fault at once, each with its place."""
