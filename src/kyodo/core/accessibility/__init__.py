"""アクセシビリティ: what is promised, what was looked at, what is still missing; from a file that people read."""
