"""Second factors for town halls: a printed sheet of codes, a code by mail, and who needs which."""
