"""What people hand in as files: checked by content, kept once by hash, given out under their owner's permission."""
