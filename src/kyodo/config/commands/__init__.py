"""The commands of `kyodo`, a file each. What they need is imported when they run."""
